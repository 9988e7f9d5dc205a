"""What does an answer over HTTP take: quotes, and reads at 500 requests a second?

One server in a process of its own, with a store of the corridor on disk; this process asks it over
sockets and keeps the time. ``python benchmarks/bench_http.py SECONDS`` asks for so long; else 10.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

MAIN = "from karakoram.interfaces.cli.main import main; main()"
PORT = 18_473
REQUESTS_A_SECOND = 500
QUOTES = 60
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
CONNECTIONS = 16
QUOTE = "/tmf-api/quoteManagement/v4/quote"
PRODUCT = "/tmf-api/productInventory/v4/product"
CATALOGUE = "/tmf-api/productCatalogManagement/v4/productOffering"


def karakoram(*words):
    """What a command prints, as JSON."""
    command = [sys.executable, "-c", MAIN, *words, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def form(number, level="firm"):
    """A request for a quote of a protected wave over three operators."""
    values = {"a_site": "KJB", "z_site": "CLS-CYB", "term_months": "36"}
    item = {
        "id": "1",
        "productOffering": {"id": "WAVE-100G-1P1"},
        "product": {"productCharacteristic": [{"name": n, "value": v} for n, v in values.items()]},
    }
    return {"externalId": f"{level}-{number}", "category": level, "quoteItem": [item]}


def show(what, taken_s):
    """Print the half, the 95th and the 99th hundredth of what requests took."""
    cut = statistics.quantiles(taken_s, n=100, method="inclusive")
    half, most, nearly_all = (1e3 * cut[place] for place in (49, 94, 98))
    print(
        f"{what:<46}{len(taken_s):>7,} requests   p50{half:>8.1f} ms   p95{most:>8.1f} ms"
        f"   p99{nearly_all:>8.1f} ms"
    )


async def answered(line, request):
    """Send a request over an open line, read the whole answer; the status, and what it took."""
    reader, writer = line
    begun_s = time.perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(each.partition(b":")[2])
        for each in head.lower().split(b"\r\n")
        if each.startswith(b"content-length")
    )
    await reader.readexactly(length)
    return int(head[9:12]), time.perf_counter() - begun_s


async def steady(paths, token):
    """Reads at a steady pace, whatever earlier ones take: what each took, from when it was due."""
    lines = asyncio.Queue()
    for _ in range(CONNECTIONS):
        lines.put_nowait(await asyncio.open_connection("127.0.0.1", PORT))
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        for path in paths
    ]
    taken_s, began_s = [], time.perf_counter()

    async def one(number):
        due_s = began_s + number / REQUESTS_A_SECOND
        await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
        line = await lines.get()
        status, _ = await answered(line, requests[number % len(requests)])
        lines.put_nowait(line)
        assert status in {200, 206}, status
        taken_s.append(time.perf_counter() - due_s)

    count = int(SECONDS * REQUESTS_A_SECOND)
    await asyncio.gather(*(one(number) for number in range(count)))
    return taken_s


def measured(http, token, server):
    """Quotes one after another, then reads at a steady pace."""
    headers = {"Authorization": f"Bearer {token}"}
    for level in ("budgetary", "firm"):
        taken_s, states = [], set()
        for number in range(QUOTES):
            begun_s = time.perf_counter()
            answer = http.post(QUOTE, json=form(number, level), headers=headers)
            taken_s.append(time.perf_counter() - begun_s)
            states.add(answer.json()["state"])
            if level == "firm":
                path = f"{QUOTE}/{answer.json()['id']}"
                http.patch(path, json={"state": "cancelled"}, headers=headers)
        show(f"{level} quotes, one after another", taken_s)
        assert states == {"approved"}, states
    ids = [each["id"] for each in http.get(f"{QUOTE}?limit=50", headers=headers).json()]
    mix = [
        *(f"{QUOTE}/{each}" for each in ids[:8]),
        *[f"{QUOTE}?limit=10&fields=state"] * 2,
        *[f"{PRODUCT}?status=active"] * 2,
        *(f"{CATALOGUE}?limit=20&offset={offset}" for offset in (0, 20, 40, 60)),
    ]
    for name, paths in (
        ("one quote of many", [f"{QUOTE}/{each}" for each in ids]),
        ("the catalogue", [f"{CATALOGUE}?limit=20"]),
        ("a mix of quotes, lists, products, catalogue", mix),
    ):
        cpu_s = cpu_of(server)
        taken_s = asyncio.run(steady(paths, token))
        used = (cpu_of(server) - cpu_s) / len(taken_s)
        show(f"{name}, {REQUESTS_A_SECOND}/s", taken_s)
        print(f"{'':<46}{1e6 * used:>7,.0f} us CPU of the server each")


def cpu_of(process):
    """CPU time of a process, user and system [s]."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main():
    """Make a store, begin a server, ask it."""
    with tempfile.TemporaryDirectory() as folder:
        store = ("--store", f"{folder}/store.db")
        karakoram("store", "init", *store)
        who = ("--kind", "operator", "--segment", "wholesale", "--country", "CN")
        karakoram("party", "add", "CT", "--name", "A buyer", *who, *store)
        secret = karakoram("client", "add", "ct", "--role", "buyer", "--party", "CT", *store)
        command = [sys.executable, "-c", MAIN, "serve", "--port", str(PORT), *store]
        server = subprocess.Popen(
            [*command, "--rate-limit", "100000"], stderr=subprocess.PIPE, text=True
        )
        try:
            while not server.stderr.readline().startswith("Serving"):
                assert server.poll() is None, "the server did not begin"
            url = f"http://127.0.0.1:{PORT}"
            transport = httpx2.HTTPTransport(retries=20)
            with httpx2.Client(base_url=url, transport=transport, timeout=60.0) as http:
                word = {"grant_type": "client_credentials"}
                told = http.post("/oauth2/token", data=word, auth=("ct", secret["secret"])).json()
                measured(http, told["access_token"], server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


if __name__ == "__main__":
    main()
