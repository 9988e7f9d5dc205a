"""What does an answer over HTTP take: quotes, and reads at 500 requests a second?

One server in a process of its own, with a store of the corridor on disk in which some services are
sold; this process asks it over sockets and keeps the time, each read from when it was due.

``python benchmarks/bench_http.py 5 20 200``: so many seconds, quotes, services sold.
"""

import asyncio
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from itertools import islice
from pathlib import Path

import httpx2

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.open_load import cpu_s_of, get, machine_s, others_share, steady
from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.adapters.store.opening import make_store
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import sites_with
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.design import design_service
from karakoram.planning.offers import ServiceDesign
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.selling import START
from tests.support.sold_corridor import CUSTOMER, corridor_seller, prepared_corridor, sell_many

MAIN = "from karakoram.interfaces.cli.main import main; main()"
PORT = 18_473
SEED = 20261129
SECONDS, QUOTES, SERVICES = 10.0, 60, 1_000
REQUESTS_A_SECOND = 500
READ_P95_LIMIT_MS, QUOTE_P95_LIMIT_MS = 20.0, 150.0
QUOTE = "/tmf-api/quoteManagement/v4/quote"
ORDER = "/tmf-api/productOrderingManagement/v4/productOrder"
PRODUCT = "/tmf-api/productInventory/v4/product"
OFFERING = "/tmf-api/productCatalogManagement/v4/productOffering"
LONG = ("KJB", "CLS-CYB")
"""Ends of a protected wave over seventy spans of three operators."""


def karakoram(*words):
    """What a command prints, as JSON."""
    command = [sys.executable, "-c", MAIN, *words, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def form(name, ends, *, level):
    """A request for a quote of a protected wave."""
    values = {"a_site": ends[0], "z_site": ends[1], "term_months": "36"}
    item = {
        "id": "1",
        "productOffering": {"id": "WAVE-100G-1P1"},
        "product": {"productCharacteristic": [{"name": n, "value": v} for n, v in values.items()]},
    }
    return {"externalId": name, "category": level, "quoteItem": [item]}


def show(what, taken_s, *, limit_ms=None):
    """Print the half, the 95th and the 99th hundredth of what requests took."""
    cut = statistics.quantiles(taken_s, n=100, method="inclusive")
    half, most, nearly_all = (1e3 * cut[place] for place in (49, 94, 98))
    said = ""
    if limit_ms is not None:
        said = f"; limit of p95 {limit_ms:g} ms: {'kept' if most <= limit_ms else 'BROKEN'}"
    print(
        f"{what:<44}{len(taken_s):>6,}   p50{half:>7.1f}   p95{most:>7.1f}"
        f"   p99{nearly_all:>7.1f} ms{said}"
    )


def quotes(http, server, *, ends_of, level, what):
    """Quotes one after another: what each took, and the CPU time of the server for it."""
    taken_s, used_s, offered = [], [], 0
    began = machine_s(server.pid, os.getpid())
    for number, ends in enumerate(ends_of):
        asked = form(f"{what} {level} {number}", ends, level=level)
        cpu_s, begun_s = cpu_s_of(server.pid), time.perf_counter()
        answer = http.post(QUOTE, json=asked)
        taken_s.append(time.perf_counter() - begun_s)
        used_s.append(cpu_s_of(server.pid) - cpu_s)
        assert answer.is_success, answer.text
        if answer.json()["state"] == "approved":
            offered += 1
            if level == "firm":
                path = f"{QUOTE}/{answer.json()['id']}"
                http.patch(path, json={"state": "cancelled"}).raise_for_status()
    show(f"{level} quotes, {what}", taken_s, limit_ms=QUOTE_P95_LIMIT_MS)
    show(f"  CPU of the server; {offered} offered", used_s)
    tell_others(began, server)


def tell_others(began, server):
    share = others_share(began, machine_s(server.pid, os.getpid()))
    print(f"  other programs had {100 * share:.0f} % of the machine meanwhile")


def all_quotes(http, server, *, sites, count):
    """Protected waves: between ends never asked for before, and the longest again and again."""
    fresh_ends = ends_with_two_ways(sites)
    for level in ("budgetary", "firm"):
        fresh = list(islice(fresh_ends, count))
        quotes(http, server, ends_of=fresh, level=level, what="new ends each time")
        again = [LONG] * count
        quotes(http, server, ends_of=again, level=level, what="over 70 spans, the same ends")


def ends_with_two_ways(sites):
    """Random ends between which planning finds two ways, none twice."""
    chooser, asked = random.Random(SEED), set()
    while True:
        ends = tuple(chooser.sample(sites, 2))
        demand = ServiceDemand(
            a_site_id=ends[0],
            z_site_id=ends[1],
            bit_rate_gbps=100.0,
            protection=Protection.ONE_PLUS_ONE,
            on_day=START.date(),
        )
        found = ends not in asked and design_service(prepared_corridor(), demand)
        asked.add(ends)
        if isinstance(found, ServiceDesign):
            yield ends


def ids(http, path, *, most):
    """Identifiers of the records in a list, as many as there are pages for."""
    found = []
    while len(found) < most:
        page = http.get(path, params={"limit": 200, "offset": len(found)}).json()
        found += [each["id"] for each in page]
        if not page:
            break
    return found[:most]


def reads(http, token, server, *, seconds):
    """Reads of one sort, then of all, each from when it was due."""
    of_one = {
        "one quote": [f"{QUOTE}/{each}" for each in ids(http, QUOTE, most=400)],
        "one order": [f"{ORDER}/{each}" for each in ids(http, ORDER, most=400)],
        "one product": [f"{PRODUCT}/{each}" for each in ids(http, PRODUCT, most=400)],
        "one offering": [f"{OFFERING}/{each}" for each in ids(http, OFFERING, most=100)],
    }
    pages = {
        "ten quotes": [f"{QUOTE}?limit=10&offset={start}" for start in range(0, 200, 10)],
        "ten orders": [f"{ORDER}?limit=10&offset={start}" for start in range(0, 200, 10)],
        "ten products": [f"{PRODUCT}?limit=10&offset={start}" for start in range(0, 200, 10)],
        "20 offerings": [f"{OFFERING}?limit=20&offset={start}" for start in (0, 20, 40, 60)],
    }
    chooser = random.Random(SEED)
    for name, paths in of_one.items():
        measured(name, [get(name, path, token) for path in paths], server, seconds=seconds)
    for name, paths in pages.items():
        measured(name, [get(name, path, token) for path in paths], server, seconds=seconds)
    every = [
        get(name, path, token)
        for asked, times in ((of_one, 400), (pages, 100))
        for name, paths in asked.items()
        for path in chooser.choices(paths, k=times)
    ]
    chooser.shuffle(every)
    measured("all of these, four in five of one record", every, server, seconds=2 * seconds)


def measured(name, requests, server, *, seconds):
    """One run of reads, and what the server used for each."""
    began, cpu_s = machine_s(server.pid, os.getpid()), cpu_s_of(server.pid)
    taken = asyncio.run(steady(PORT, requests, per_second=REQUESTS_A_SECOND, seconds=seconds))
    each_s = (cpu_s_of(server.pid) - cpu_s) / len(taken)
    show(name, [each.total_s for each in taken], limit_ms=READ_P95_LIMIT_MS)
    print(
        f"  CPU of the server {1e6 * each_s:,.0f} us each, "
        f"{100 * each_s * REQUESTS_A_SECOND:.0f} % of a core at {REQUESTS_A_SECOND}/s"
    )
    by_kind = defaultdict(list)
    for each in taken:
        by_kind[each.kind].append(each.total_s)
    if len(by_kind) > 1:
        for kind, taken_s in by_kind.items():
            show(f"  {kind}", taken_s)
    show("  of that before it was sent", [each.waited_s for each in taken])
    tell_others(began, server)


def sold(place, count):
    """A store in which so many services are sold; the sites where waves may begin, with ports."""
    with closing(make_store(place)) as store:
        selling = corridor_seller(store, ids=TimeOrderedIds())
        sell_many(selling, count)
        ports = store.read(lambda tx: tx.resources([ResourceKind.PORT]))
        lit = sites_with(selling.network, EquipmentKind.ROADM, frozenset({Status.IN_SERVICE}))
        return sorted(lit & {each.a_site_id for each in ports if each.free_count})


def main(seconds=SECONDS, quoted=QUOTES, services=SERVICES):
    """Make a store, begin a server, ask it."""
    with tempfile.TemporaryDirectory() as folder:
        place = f"{folder}/store.db"
        sites = sold(place, int(services))
        store = ("--store", place)
        party = str(CUSTOMER.party_id)
        secret = karakoram("client", "add", "ct", "--role", "buyer", "--party", party, *store)
        command = [sys.executable, "-c", MAIN, "serve", "--port", str(PORT), *store]
        server = subprocess.Popen(
            [*command, "--rate-limit", "100000", "--quiet"], stderr=subprocess.PIPE, text=True
        )
        try:
            while not server.stderr.readline().startswith("Serving"):
                assert server.poll() is None, "the server did not begin"
            transport = httpx2.HTTPTransport(retries=20)
            url = f"http://127.0.0.1:{PORT}"
            with httpx2.Client(base_url=url, transport=transport, timeout=60.0) as http:
                word = {"grant_type": "client_credentials"}
                told = http.post("/oauth2/token", data=word, auth=("ct", secret["secret"])).json()
                token = told["access_token"]
                http.headers["Authorization"] = f"Bearer {token}"
                all_quotes(http, server, sites=sites, count=int(quoted))
                reads(http, token, server, seconds=seconds)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
