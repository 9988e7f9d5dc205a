"""What does selling take on the corridor once 10,000 services are active?

Firm quotes for random wishes of every offering, each then declined: p50, p95 and the longest; a
trace of the fibre on which nearly all services ride, by itself and as it is told; a back-up, a
restore and a check of a million records, with their bytes and the memory that they take; a month
billed to one buyer, to a thousand, and again. CPU time of this process.

``python benchmarks/bench_sales.py 300 20 20000``: so many services, quotes, records.
"""

import gc
import random
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from karakoram import bootstrap
from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store, open_store
from karakoram.core.identifiers import ExternalId
from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import Quote
from karakoram.sales.viewing import Viewer
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.operate.trace_words import riders_on, told_riders
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.see_sales import all_seen
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from tests.support.every_offering import buyer_for, offerings, sponsor_of, wish_for
from tests.support.selling import deed
from tests.support.sold_corridor import BUSY_FIBRE, CUSTOMER, corridor_seller, sell_many

SEED = 20261128
SERVICES, QUOTES, RECORDS = 10_000, 300, 1_000_000
TRACES, PAGES, PAYERS = 25, 25, 1_000
QUOTE_P95_LIMIT_MS, TRACE_LIMIT_MS = 150.0, 50.0
RECORDS_AT_ONCE = 20_000
SITES = ["GIL", "RWP", "SKD", "KRM", "GHK", "MZD", "KHI", "ISB", "MUX"]


def cpu_ms(compute):
    """The answer, and CPU time of one call [ms]."""
    start = time.process_time()
    answer = compute()
    return answer, 1e3 * (time.process_time() - start)


def kept(value, limit):
    return "kept" if value <= limit else "BROKEN"


def random_wish(chooser, offering, catalogue):
    """The offering between random sites, where it has two ends that may be anywhere."""
    wish = wish_for(offering, catalogue)
    values = dict(wish.configuration.by_name)
    if {values.get("a_site"), values.get("z_site")} == {"GIL", "RWP"}:
        values["a_site"], values["z_site"] = chooser.sample(SITES, 2)
    return Wish(product_offering_id=wish.product_offering_id, configuration=configuration(values))


def quotes(selling, count):
    """Firm quotes of every offering in turn, between random sites."""
    chooser = random.Random(SEED)
    asked = offerings(selling.catalogue)
    parts = {"store": selling.store, "ids": selling.ids}
    taken, offered = [], 0
    for number in range(count):
        offering = asked[number % len(asked)]
        party = buyer_for(offering)
        if party.sponsor_id is not None:
            register_party(sponsor_of(party), deed=deed(), **parts)
        register_party(party, deed=deed(), **parts)
        wish = QuoteWish(wish=random_wish(chooser, offering, selling.catalogue))
        quote, ms = cpu_ms(
            lambda wish=wish, party=party, number=number: issue_quote(
                wish,
                buyer_id=party.party_id,
                external_id=ExternalId(f"random {number}"),
                deed=deed(),
                selling=selling,
            )
        )
        taken.append((ms, offering.product_offering_id))
        if quote.offers:
            offered += 1
            decline_quote(quote.quote_id, deed=deed(), **parts)
    taken.sort()
    p50, p95 = (taken[int(share * (count - 1))][0] for share in (0.5, 0.95))
    print(
        f"firm quote, {count} random wishes of {len(asked)} offerings, {offered} offered: p50 "
        f"{p50:.1f} ms, p95 {p95:.1f} ms, longest {taken[-1][0]:.1f} ms ({taken[-1][1]}); "
        f"limit of p95 {QUOTE_P95_LIMIT_MS:g} ms: {kept(p95, QUOTE_P95_LIMIT_MS)}"
    )


def traces(store):
    """Everything on the busy fibre, again and again."""
    found, first_ms = cpu_ms(lambda: riders_on([BUSY_FIBRE], store=store))
    services = sum(rider.buyer_id is not None for rider in found)
    again = sorted(cpu_ms(lambda: riders_on([BUSY_FIBRE], store=store))[1] for _ in range(TRACES))
    median = again[TRACES // 2]
    print(
        f"trace of {BUSY_FIBRE}, {services:,} services among {len(found):,} riders: first "
        f"{first_ms:.1f} ms; of {TRACES} more the median {median:.1f} ms, the shortest "
        f"{again[0]:.1f}, the longest {again[-1]:.1f}; limit {TRACE_LIMIT_MS:g} ms: "
        f"{kept(median, TRACE_LIMIT_MS)}"
    )
    told, told_ms = cpu_ms(lambda: told_riders([BUSY_FIBRE], store=store))
    print(
        f"the same with ends, sides and second way of each, as karakoram trace tells it, from "
        f"{len(told):,} riders' records: {told_ms:.0f} ms"
    )


def pages(store):
    """A page of ten of what one buyer has, near the beginning and near the end."""
    viewer = Viewer(party_id=CUSTOMER.party_id)
    for kind in (Product, ProductOrder, Quote):
        total = all_seen(kind, viewer=viewer, store=store, part=(0, 1)).total
        for start in (0, total * 9 // 10):
            taken_ms = []
            for number in range(PAGES):
                asked = partial(
                    all_seen, kind, viewer=viewer, store=store, part=(start + 10 * number, 10)
                )
                taken_ms.append(cpu_ms(asked)[1])
            taken_ms.sort()
            print(
                f"page of ten of {total:,} {kind.__name__}, after {start:,}: median "
                f"{taken_ms[PAGES // 2]:.1f} ms, longest {taken_ms[-1]:.1f} ms"
            )


def bills(place, selling):
    """A month of all services billed: to their buyer, spread over many, and when all is billed."""
    settling = bootstrap.settling(place)
    by = Deed(who="finance", why="to measure", at=datetime(2027, 3, 1, tzinfo=UTC))
    with closing(settling.store):
        for word, payers in (("2026-12", 1), ("2027-01", PAYERS), ("2027-01", PAYERS)):
            if payers > 1:
                selling.store.write(lambda tx, many=payers: spread(tx, many))
            run = BillRun(period=period_from_word(word))
            invoices, ms = cpu_ms(lambda run=run: bill_period(run, deed=by, settling=settling))
            lines = sum(len(each.lines) for each in invoices)
            print(
                f"{word} billed to {payers:,} who pay: {len(invoices):,} invoices of {lines:,} "
                f"lines, {ms / 1e3:.1f} s"
            )


def spread(tx, payers):
    """Let so many parties pay for the products."""
    for number, product in enumerate(tx.find_all(Product)):
        payer = replace(CUSTOMER, party_id=f"PAYER-{number % payers}")
        if tx.find(Party, payer.party_id) is None:
            tx.add(payer)
        if product.payer_id != payer.party_id:
            tx.replace(replace(product, payer_id=payer.party_id))


def sold_store(place, count):
    """The store with so many services, found sound."""
    store = make_store(place)
    selling = corridor_seller(store, ids=TimeOrderedIds())
    _, ms = cpu_ms(lambda: sell_many(selling, count))
    found, check_ms = cpu_ms(Keeper(place).check)
    assert not found.findings, found.findings[:5]
    products, claims = found.counts["product"], found.counts["claim"]
    print(
        f"{products:,} active services, {claims:,} claims, {found.counts['change_log']:,} entries "
        f"of the log, filled in {ms / 1e3:.1f} s, sound by a check of {check_ms / 1e3:.1f} s"
    )
    return selling


def million(folder, source, records):
    """The store that was sold from, its log grown until it holds so many records; its back-up."""
    with closing(open_store(source)) as store:
        have = sum(Keeper(source).check().counts.values())
        ids = TimeOrderedIds()
        while have < records:
            more = min(RECORDS_AT_ONCE, records - have)
            store.write(lambda tx, more=more: [tx.log(entry(ids)) for _ in range(more)])
            have += more
    packed, copied = str(folder / "all.jsonl.gz"), str(folder / "copy.db")
    for what, word, place in (
        ("back-up, portable", f"back_up({packed!r})", source),
        ("back-up, copy of the file", f"back_up({copied!r})", source),
        ("restore, portable", f"restore({packed!r})", str(folder / "new.db")),
        ("check", "check()", str(folder / "new.db")),
    ):
        cpu_s, peak_mb = measured(place, word)
        print(
            f"{what:<26}{have:>11,} records{cpu_s:>8.1f} s CPU, at most {peak_mb:.0f} MB of memory"
        )
    sizes = {Path(name).name: Path(name).stat().st_size / 1e6 for name in (source, packed, copied)}
    print("bytes: " + ", ".join(f"{name} {size:.1f} MB" for name, size in sizes.items()))


def entry(ids):
    return LogEntry(
        entry_id=ids.new_id(),
        deed=deed(why="to measure"),
        action="quote.issue",
        subject_kind="quote",
        subject_id=ids.new_id(),
    )


KEEP = """
import sys, time
from pathlib import Path
from karakoram.adapters.store.keeping import Keeper
start = time.process_time()
Keeper(sys.argv[1]).{word}
told = Path("/proc/self/status").read_text()
print(time.process_time() - start, int(told.partition("VmHWM:")[2].split()[0]) / 1e3)
"""
"""``VmHWM`` is the most that this program had; what ``getrusage`` says begins with its parent."""


def measured(place, word):
    """CPU time [s] and largest memory [MB] of a process that does this alone."""
    done = subprocess.run(
        [sys.executable, "-c", KEEP.format(word=word), place],
        check=True,
        capture_output=True,
        text=True,
    )
    cpu_s, peak_mb = map(float, done.stdout.split())
    return cpu_s, peak_mb


def main(services=SERVICES, quoted=QUOTES, records=RECORDS):
    with tempfile.TemporaryDirectory() as name:
        place = str(Path(name) / "sold.db")
        selling = sold_store(place, services)
        gc.collect()
        gc.freeze()  # What is there for good is not gone over again: a server does the same.
        with closing(selling.store):
            quotes(selling, quoted)
            traces(selling.store)
            pages(selling.store)
            bills(place, selling)
        million(Path(name), place, records)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
