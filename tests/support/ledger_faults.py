"""Clients that post to one ledger, are killed wherever they are, and ask again.

``python -m tests.support.ledger_faults STORE 100000 --kills 500`` starts eight of them. A client
tells each batch once the store has answered; the next life of one that was killed looks whether
all that it told is there, posts the last batches once more, and goes on.
"""

import argparse
import json
import os
import selectors
import signal
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from random import Random

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import open_store
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import account_named
from karakoram.settlement.ledger.transfers import Transfer, TransferKind
from karakoram.usecases.settle.ledger_ports import TransferQuestion
from tests.support.ledger_records import settlement_of
from tests.support.memory_ledger import MemoryLedger

CLIENTS = 8
LOST = 3
"""How a client ends that misses what the store had answered for."""
AGAIN, LOOKED_AT = 2, 20
"""Batches that a new life posts once more, and looks for before."""
ACCOUNTS = [
    account_named("FAULTS", f"Assets:A{number:02d}:{currency}", currency)
    for currency, count in (("USD", 12), ("PKR", 6))
    for number in range(count)
]


def batches_of(client, count, *, seed):
    """What a client posts: the same whenever it is asked."""
    rng = Random(f"{seed}-{client}")
    made, held, number = [], [], 0
    while number < count:
        batch = []
        for _ in range(min(rng.randint(1, 20), count - number)):
            number += 1
            batch.append(_transfer(rng, f"c{client}-{number:06d}", held))
        made.append(batch)
    return made


def _transfer(rng, transfer_id, held):
    if held and rng.random() < 0.3:
        kind = rng.choice([TransferKind.POST_PENDING, TransferKind.VOID_PENDING])
        pending = held.pop(0)
        return settlement_of(pending, transfer_id, kind=kind, on=DAY)
    currency = rng.choice(["USD", "PKR"])
    debit, credit = rng.sample([each for each in ACCOUNTS if each.currency == currency], 2)
    made = Transfer(
        transfer_id=transfer_id,
        debit_account_id=debit.account_id,
        credit_account_id=credit.account_id,
        amount=Money(rng.randint(1, 10**6), currency),
        booked_on=DAY,
        subject_kind="invoice",
        subject_id=f"i{rng.randint(1, 500)}",
    )
    if rng.random() < 0.2:
        held.append(replace(made, kind=TransferKind.PENDING))
        return held[-1]
    return made


DAY = date(2026, 11, 28)


def live(word, mine, *, told, out, spoiled):
    """One life of a client, in a process of its own."""
    with closing(open_store(word)) as store:
        for batch in mine[max(0, told + 1 - LOOKED_AT) : told + 1]:
            for each in batch:
                if store.read(lambda tx, i=each.transfer_id: tx.transfer(i)) != each:
                    os._exit(LOST)
        for number in range(max(0, told + 1 - AGAIN), len(mine)):
            if spoiled and number % 5 == 4:  # tells what is not there
                os.write(out, f"{number}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)
            store.write(lambda tx, batch=mine[number]: tx.post(batch))
            os.write(out, f"{number}\n".encode())
    os._exit(0)


@dataclass
class Client:
    """A client over all its lives."""

    begin: object
    pid: int = 0
    out: int = 0
    told: int = -1
    rest: bytes = b""

    def start(self):
        self.out, out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.begin(told=self.told, out=out)
            finally:
                os._exit(1)
        os.close(out)

    def hear(self):
        """Take what it told; whether there may be more."""
        heard = os.read(self.out, 65536)
        *lines, self.rest = (self.rest + heard).split(b"\n")
        self.told = max([self.told, *map(int, lines)])
        return bool(heard)

    def end(self):
        """Its exit code; less than 0 where it was killed."""
        os.close(self.out)
        self.rest = b""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def run(word, *, transfers, kills, seed, spoiled=False):
    """Let the clients live and die; exit codes other than those of a kill."""
    rng = Random(seed)
    work = [batches_of(number, transfers // CLIENTS, seed=seed) for number in range(CLIENTS)]
    clients = [Client(partial(live, word, mine, spoiled=spoiled)) for mine in work]
    ends, killed, begun = [], 0, time.monotonic()
    with selectors.DefaultSelector() as ears:

        def start(client):
            client.start()
            ears.register(client.out, selectors.EVENT_READ, client)

        for client in clients:
            start(client)
        next_kill = time.monotonic() + rng.expovariate(20)
        while ears.get_map():
            for key, _ in ears.select(max(0.0, next_kill - time.monotonic())):
                client = key.data
                if client.hear():
                    continue
                ears.unregister(client.out)
                code = client.end()
                if code == -signal.SIGKILL:
                    start(client)
                else:
                    ends.append(code)
            alive = [key.data for key in ears.get_map().values()]
            if alive and time.monotonic() >= next_kill:
                if killed < kills:
                    os.kill(rng.choice(alive).pid, signal.SIGKILL)
                    killed += 1
                next_kill = time.monotonic() + rng.expovariate(20)
    return {"ends": ends, "killed": killed, "seconds": round(time.monotonic() - begun, 1)}


def compare(word, *, transfers, seed):
    """Everything that the clients asked for is there once, and nothing else; how many that is."""
    right = MemoryLedger()
    right.open_accounts(ACCOUNTS)
    for number in range(CLIENTS):
        for batch in batches_of(number, transfers // CLIENTS, seed=seed):
            right.transfers.update((each.transfer_id, each) for each in batch)
    with closing(open_store(word)) as store:
        found = store.read(lambda tx: tx.transfers_of(TransferQuestion(book="FAULTS")))
        held = store.read(lambda tx: tx.balances(book="FAULTS"))
    assert len(found) == len(right.transfers)
    assert {each.transfer_id: each for each in found} == right.transfers
    assert held == right.balances()
    for currency in ("USD", "PKR"):
        of = [each.account_id for each in ACCOUNTS if each.currency == currency]
        assert sum(held[each].net_minor for each in of) == 0
    assert Keeper(word).check().findings == ()
    return len(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    parser.add_argument("transfers", type=int)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--spoiled", action="store_true")
    asked = parser.parse_args()
    with closing(open_store(asked.store)) as store:
        store.write(lambda tx: tx.open_accounts(ACCOUNTS))
    told = run(
        asked.store,
        transfers=asked.transfers,
        kills=asked.kills,
        seed=asked.seed,
        spoiled=asked.spoiled,
    )
    if set(told["ends"]) == {0}:
        told["there"] = compare(asked.store, transfers=asked.transfers, seed=asked.seed)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
