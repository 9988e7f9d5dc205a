"""What do durable writes, riders on a fibre, a back-up and a restore take?

``python benchmarks/bench_store.py 1000000`` backs up and restores that many records; else 20,000.
CPU time of this process, and wall time where the disk is waited for.
"""

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.inventory.resources import Claim, Resource, ResourceStatus
from karakoram.sales.resource_kinds import ResourceKind

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
WRITES, THREADS = 400, 32
WAVES, ODUS, PRODUCTS = 100, 1_000, 10_000
RECORDS = 20_000
REPEATS = 15


def timed(action):
    """The answer, CPU and wall time [s]."""
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    answer = action()
    return answer, time.process_time() - cpu_s, time.perf_counter() - wall_s


def entry(number):
    return LogEntry(
        entry_id=f"e{number:08d}",
        deed=Deed(who="bench", why="to measure", at=NOON),
        action="quote.issue",
        subject_kind="quote",
        subject_id=f"q{number:08d}",
    )


def resource(resource_id, units):
    return Resource(
        resource_id=resource_id,
        kind=ResourceKind.ODU,
        model="bench",
        name=resource_id,
        operator_id="SCO",
        a_site_id="GIL",
        unit_count=units,
        status=ResourceStatus.AVAILABLE,
        provenance=Provenance(source="bench", confidence=Confidence.ASSUMED),
    )


def show(what, count, *, cpu_s, wall_s):
    print(
        f"{what:<42}{count:>9,}{cpu_s:>9.3f} s CPU{1e6 * cpu_s / count:>9.1f} us each"
        f"{count / wall_s:>10,.0f} a second"
    )


def durable_writes(store):
    def one(number):
        store.write(lambda tx: tx.log(entry(number)))

    _, cpu_s, wall_s = timed(lambda: [one(number) for number in range(WRITES)])
    show("durable writes, one by one", WRITES, cpu_s=cpu_s, wall_s=wall_s)
    with ThreadPoolExecutor(THREADS) as threads:
        _, cpu_s, wall_s = timed(lambda: list(threads.map(one, range(WRITES))))
    show(f"durable writes, {THREADS} threads in groups", WRITES, cpu_s=cpu_s, wall_s=wall_s)


def riders(store):
    """A fibre that carries 10,000 products, through sections, waves and ODUs."""
    layers = [("fibre", 1, ""), ("oms", 1, "fibre"), ("wave", WAVES, "oms"), ("odu", ODUS, "wave")]

    def fill(tx):
        for name, count, _ in layers:
            tx.add_resources(resource(f"{name}{n}", 20_000) for n in range(count))
        sizes = {name: count for name, count, _ in layers}
        for name, count, below in [*layers[1:], ("product", PRODUCTS, "odu")]:
            tx.add_claims(
                Claim(
                    claim_id=f"{name}{n}",
                    resource_id=f"{below}{n % sizes[below]}",
                    units=1 << n // sizes[below],
                    claimant_id=f"{name}{n}",
                )
                for n in range(count)
            )

    store.write(fill)
    found = [timed(lambda: store.read(lambda tx: tx.riders("fibre0"))) for _ in range(REPEATS)]
    assert len(found[0][0]) == 1 + WAVES + ODUS + PRODUCTS
    cpu_ms = sorted(1e3 * cpu_s for _, cpu_s, _ in found)
    print(
        f"riders on a fibre with {PRODUCTS:,} products: {cpu_ms[REPEATS // 2]:.1f} ms CPU", end=""
    )
    print(f" (median of {REPEATS}; {cpu_ms[0]:.1f} to {cpu_ms[-1]:.1f})")


def back_up_and_restore(folder, count):
    place = str(folder / "large.db")
    with closing(make_store(place)) as store:
        store.write(lambda tx: [tx.log(entry(number)) for number in range(count)])
    _, cpu_s, wall_s = timed(lambda: Keeper(place).back_up(str(folder / "all.jsonl.gz")))
    show("back-up, portable", count, cpu_s=cpu_s, wall_s=wall_s)
    _, cpu_s, wall_s = timed(lambda: Keeper(place).back_up(str(folder / "copy.db")))
    show("back-up, copy of the file", count, cpu_s=cpu_s, wall_s=wall_s)
    new = Keeper(str(folder / "new.db"))
    _, cpu_s, wall_s = timed(lambda: new.restore(str(folder / "all.jsonl.gz")))
    show("restore, portable", count, cpu_s=cpu_s, wall_s=wall_s)
    _, cpu_s, wall_s = timed(new.check)
    show("check", count, cpu_s=cpu_s, wall_s=wall_s)


def main(count):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(make_store(str(folder / "store.db"))) as store:
            durable_writes(store)
            riders(store)
        back_up_and_restore(folder, count)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
