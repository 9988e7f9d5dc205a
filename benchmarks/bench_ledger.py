"""How many transfers are durable in a second, in batches and one by one, in a file and on a server?

CPU time of this process besides, since the disk and other programs take part in a second.
"""

import importlib
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.adapters.store.opening import make_store, open_store
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import account_named
from karakoram.settlement.ledger.transfers import Transfer

sys.path.insert(0, str(Path(__file__).parents[1]))
SERVERS = importlib.import_module("tests.support.postgresql_server")

TRANSFERS, BATCH, ONE_BY_ONE, THREADS = 100_000, 5_000, 400, 32
ACCOUNTS = [account_named("BENCH", f"Assets:A{number:03d}:USD", "USD") for number in range(100)]


def transfers(count, new_id):
    return [
        Transfer(
            transfer_id=new_id(),
            debit_account_id=ACCOUNTS[number % 97].account_id,
            credit_account_id=ACCOUNTS[97 + number % 3].account_id,
            amount=Money(100 + number, "USD"),
            booked_on=date(2026, 11, 28),
            subject_kind="invoice",
            subject_id=str(UUID(int=number // 10)),
        )
        for number in range(count)
    ]


def show(what, count, post):
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    post()
    wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
    print(
        f"{what:<58}{count:>8,}{count / wall_s:>10,.0f} a second"
        f"{1e6 * cpu_s / count:>8.0f} us CPU each ({count / cpu_s:>7,.0f} a second of it)"
    )


def measure(name, store):
    new_id = TimeOrderedIds().new_id
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))

    def post(some):
        store.write(lambda tx: tx.post(some))

    single = transfers(ONE_BY_ONE, new_id)
    show(f"{name}, one by one", ONE_BY_ONE, lambda: [post([each]) for each in single])
    grouped = transfers(ONE_BY_ONE, new_id)
    with ThreadPoolExecutor(THREADS) as threads:
        show(
            f"{name}, one by one, {THREADS} threads in groups",
            ONE_BY_ONE,
            lambda: list(threads.map(lambda each: post([each]), grouped)),
        )
    for ids, make_id in (("of time", new_id), ("at random", lambda: str(uuid4()))):
        many = transfers(TRANSFERS, make_id)
        batches = [many[at : at + BATCH] for at in range(0, TRANSFERS, BATCH)]
        show(
            f"{name}, batches of {BATCH:,}, identifiers {ids}",
            TRANSFERS,
            lambda batches=batches: [post(each) for each in batches],
        )


def main():
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(make_store(str(Path(folder) / "ledger.db"))) as store,
    ):
        measure("SQLite", store)
    with (
        SERVERS.postgresql_server(is_durable=True) as server,
        closing(open_store(server.new_store())) as store,
    ):
        measure("PostgreSQL", store)


if __name__ == "__main__":
    main()
