"""Stores that several processes use, and some leave in the middle."""

import signal
import subprocess
import sys
from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import open_store
from karakoram.sales.qualifications import Qualification
from karakoram.sales.viewing import Viewer
from karakoram.usecases.sell.tell_sales import Teller, page_told
from tests.support.postgresql_server import postgresql_server
from tests.support.sales_records import qualification, rack

TAKE_LAST = """
import sys
from karakoram.adapters.store.opening import open_store
from karakoram.core.errors import TakenError
from karakoram.sales.inventory.resources import Claim
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
mine = Claim(claim_id=sys.argv[2], resource_id="rack", units=1, claimant_id=sys.argv[2])
try:
    store.write(lambda tx: tx.add_claims([mine]))
    print("mine")
except TakenError:
    print("taken")
"""
WRITE_FOR_EVER = """
import sys
from karakoram.adapters.store.opening import open_store
from karakoram.sales.inventory.resources import Claim
store = open_store(sys.argv[1])
for number in range(10**6):
    units = 1 << 2 * number
    def action(tx):
        for name, unit in (("a", units), ("b", units << 1)):
            tx.add_claims([Claim(claim_id=f"{name}{number}", resource_id="rack", units=unit,
                                 claimant_id=f"p{number}")])
    store.write(action)
    print(number, flush=True)
"""

CHANGE_OFTEN = """
import sys
from dataclasses import replace
from karakoram.adapters.store.opening import open_store
from karakoram.sales.qualifications import Qualification
store = open_store(sys.argv[1])
for days in range(1, 31):
    def action(tx):
        for name in ("q1", "q2"):
            tx.replace(replace(tx.find(Qualification, name), installation_days=days))
    store.write(action)
    print(days, flush=True)
"""


@pytest.fixture
def place(places):
    place = places.store()
    with closing(open_store(place)) as store:
        store.write(lambda tx: tx.add_resources([rack(unit_count=100_000)]))
    return place


def started(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_two_processes_one_gets_the_last_unit(place):
    with started(TAKE_LAST, place, "one") as one, started(TAKE_LAST, place, "two") as two:
        for process in (one, two):
            assert process.stdout.readline() == "ready\n"
        for process in (one, two):
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate(timeout=60)[0].strip() for process in (one, two)]
    assert sorted(told) == ["mine", "taken"]
    with closing(open_store(place)) as store:
        assert len(store.read(lambda tx: tx.claims_on(["rack"]))) == 1


def test_a_process_that_is_killed_leaves_nothing_half_and_loses_nothing_it_told(place):
    with started(WRITE_FOR_EVER, place) as process:
        told = [int(process.stdout.readline()) for _ in range(20)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().splitlines() if line]
        process.wait(60)
    with closing(open_store(place)) as store:
        held = {each.claim_id for each in store.read(lambda tx: tx.claims_on(["rack"]))}
    numbers = {int(each[1:]) for each in held}
    assert held == {f"{name}{number}" for number in numbers for name in "ab"}
    assert numbers >= set(told)
    wrong = {each.code for each in Keeper(place).check().findings}
    assert wrong == {"claim-orphaned"}  # its claimants are made up


@pytest.fixture(scope="module")
def durable_server():
    """A server that writes through to the disk, to be killed."""
    with postgresql_server(is_durable=True) as server:
        yield server


WRITE_ON = WRITE_FOR_EVER.replace(
    "    store.write(action)\n    print(number, flush=True)\n",
    """
    try:
        store.write(action)
        print(number, flush=True)
    except RefusedError as error:
        if error.code not in ("store-lost", "store-unreachable"):
            raise
        print("lost", number, flush=True)
        if sys.stdin.readline() == "":
            break
""",
).replace("import sys\n", "import sys\nfrom karakoram.core.errors import RefusedError\n", 1)


def test_a_server_that_is_killed_loses_nothing_it_told_and_the_client_goes_on(durable_server):
    place = durable_server.new_store()
    with closing(open_store(place)) as store:
        store.write(lambda tx: tx.add_resources([rack(unit_count=100_000)]))
    told, lost = set(), set()
    with started(WRITE_ON, place) as process:
        for count in (9, 4, 17):
            told |= {int(process.stdout.readline()) for _ in range(count)}
            durable_server.kill()
            for line in process.stdout:
                if line.startswith("lost"):
                    lost.add(int(line.split()[1]))
                    break
                told.add(int(line))
            durable_server.start()
            process.stdin.write("on\n")
            process.stdin.flush()
        told |= {int(process.stdout.readline()) for _ in range(5)}
        process.send_signal(signal.SIGKILL)
        told |= {int(line) for line in process.stdout.read().splitlines() if line}
        process.wait(60)
    with closing(open_store(place)) as store:
        held = {each.claim_id for each in store.read(lambda tx: tx.claims_on(["rack"]))}
    numbers = {int(each[1:]) for each in held}
    assert held == {f"{name}{number}" for number in numbers for name in "ab"}
    assert numbers >= told
    assert numbers - told <= lost | {max(told) + 1}  # what was under way at a kill
    assert len(lost) == 3
    assert {each.code for each in Keeper(place).check().findings} == {"claim-orphaned"}


def test_what_is_kept_of_a_list_is_never_older_than_what_another_process_wrote(place):
    """Two records that change together are told alike, and never as before what was heard."""
    kept = {}

    def tell(sent, stamp):
        return kept.setdefault(stamp, sent.record.installation_days or 0)

    teller = Teller(kind=Qualification, viewer=Viewer(), known=kept.get, tell=tell)
    with closing(open_store(place)) as store:
        for name in ("q1", "q2"):
            store.write(lambda tx, name=name: tx.add(qualification(name)))
        heard = 0
        with started(CHANGE_OFTEN, place) as other:
            while heard < 30:
                heard = int(other.stdout.readline())
                for _ in range(3):
                    first, second = page_told(teller, store=store).told
                    assert first == second >= heard
    assert (other.returncode, max(kept.values())) == (0, 30)
