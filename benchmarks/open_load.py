"""Requests that are due at a steady pace, whatever earlier ones take: what did each take?

A request is measured from the moment when it was due, so that a server that stands still is charged
with every request that it kept waiting, and not only with the one that it was working on.
"""

import asyncio
import os
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

CONNECTIONS = 64
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Request(NamedTuple):
    """What is sent, and what it is called in the table of results."""

    kind: str
    raw: bytes


class Taken(NamedTuple):
    """What one request took [s]."""

    kind: str
    total_s: float
    """From when it was due to the last byte of its answer."""
    waited_s: float
    """Of that, till it was sent: while every connection was in use, or this program was late."""


def get(kind, path, token):
    """A request to read a path."""
    head = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n"
    return Request(kind, head.encode())


class Line(asyncio.Protocol):
    """One connection, with at most one request under way."""

    def __init__(self, load):
        self.load, self.received, self.under_way = load, b"", None

    def connection_made(self, transport):
        self.transport = transport

    def send(self, request, due_s):
        """Begin a request that was due then."""
        self.under_way = request.kind, due_s, time.perf_counter()
        self.transport.write(request.raw)

    def data_received(self, data):
        self.received += data
        end = self.received.find(_END_OF_HEAD)
        if end < 0:
            return
        head = self.received[:end].lower()
        at = head.index(_LENGTH) + len(_LENGTH)
        length = int(head[at:].split(b"\r\n", 1)[0])
        if len(self.received) < end + len(_END_OF_HEAD) + length:
            return
        assert head[9:12] in {b"200", b"206"}, self.received
        kind, due_s, sent_s = self.under_way
        self.received, self.under_way = b"", None
        self.load.answered(self, Taken(kind, time.perf_counter() - due_s, sent_s - due_s))

    def connection_lost(self, error):
        assert self.under_way is None, f"the server closed the connection: {error}"


class Load:
    """Lines that are free, requests that wait for one, and what came back."""

    def __init__(self, count):
        self.free, self.waiting, self.taken = deque(), deque(), []
        self.count, self.done = count, asyncio.Event()

    def due(self, request, due_s):
        """Send the request, or let it wait for a line."""
        if self.free:
            self.free.popleft().send(request, due_s)
        else:
            self.waiting.append((request, due_s))

    def answered(self, line, taken):
        """Keep what it took; the line takes what waits longest."""
        self.taken.append(taken)
        if len(self.taken) == self.count:
            self.done.set()
        if self.waiting:
            line.send(*self.waiting.popleft())
        else:
            self.free.append(line)


async def steady(port, requests, *, per_second, seconds):
    """What each request took, the requests in turn, so many a second."""
    count = int(per_second * seconds)
    load, loop = Load(count), asyncio.get_running_loop()
    for _ in range(CONNECTIONS):
        _, line = await loop.create_connection(lambda: Line(load), "127.0.0.1", port)
        load.free.append(line)
    began_s = time.perf_counter()
    for number in range(count):
        due_s = began_s + number / per_second
        wait_s = due_s - time.perf_counter()
        if wait_s > 0.0:
            await asyncio.sleep(wait_s)
        load.due(requests[number % len(requests)], due_s)
    await load.done.wait()
    for line in load.free:
        line.transport.close()
    return load.taken


def cpu_s_of(process_id):
    """CPU time of a process, user and system, threads that have ended included [s]."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def others_share(began, ended):
    """Share of the machine that neither process used, but somebody did.

    Parameters
    ----------
    began, ended
        Each of :func:`machine_s`.
    """
    (wall, idle, own), (wall_after, idle_after, own_after) = began, ended
    whole = (wall_after - wall) * (os.cpu_count() or 1)
    return max(0.0, 1.0 - (idle_after - idle + own_after - own) / whole)


def machine_s(*process_ids):
    """Seconds that passed, that the cores were idle in, and that these processes used."""
    first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    idle_s = (int(first[4]) + int(first[5])) / os.sysconf("SC_CLK_TCK")
    own_s = sum(map(cpu_s_of, process_ids))
    return time.perf_counter(), idle_s, own_s
