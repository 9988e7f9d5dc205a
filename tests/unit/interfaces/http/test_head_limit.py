"""A head without end ends its connection; what follows a head that is whole is not counted."""

import asyncio

import pytest
import uvicorn
from uvicorn.server import ServerState

from karakoram.interfaces.http.head_limit import HEAD_BYTES_MAX, LimitedHeads

BEGIN = b"POST / HTTP/1.1\r\nHost: x\r\n"
PIECE = b"x" * 30_000


class Wire:
    """Like that of uvloop, which is no transport of asyncio by its type."""

    def __init__(self):
        self.written, self.is_closed = b"", False

    def write(self, data):
        self.written += data

    def close(self):
        self.is_closed = True

    def is_closing(self):
        return self.is_closed

    def pause_reading(self):
        pass

    def resume_reading(self):
        pass

    def get_extra_info(self, name, default=None):
        return default


def told(*pieces, is_read=True):
    """What is answered to the bytes, and whether the connection has ended."""

    async def answer(scope, receive, send):
        while is_read and (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    async def spoken():
        config = uvicorn.Config(answer, http=LimitedHeads, lifespan="off", log_level="critical")
        config.load()
        wire, state = Wire(), ServerState()
        speaking = config.http_protocol_class(config=config, server_state=state, app_state={})
        speaking.connection_made(wire)
        for piece in pieces:
            if not wire.is_closed:
                speaking.data_received(piece)
            await asyncio.sleep(0)
        speaking.pause_writing()
        speaking.resume_writing()
        await asyncio.sleep(0.01)
        written, is_closed = wire.written.decode(), wire.is_closed
        speaking.eof_received()
        speaking.connection_lost(None)
        return written, is_closed

    return asyncio.run(spoken())


@pytest.mark.parametrize(
    "pieces",
    [
        (BEGIN, *(b"X: " + PIECE + b"\r\n" for _ in range(5))),
        (BEGIN + b"X: ", *(PIECE for _ in range(5))),
        (b"GET /", *(PIECE for _ in range(5))),
    ],
)
def test_a_head_without_end_is_refused_and_ends_the_connection(pieces):
    written, is_closed = told(*pieces)
    assert written.startswith("HTTP/1.1 431 ")
    assert f"{HEAD_BYTES_MAX:,} bytes at most" in written
    assert written.count("HTTP/1.1") == 1
    assert is_closed


CHUNKED = BEGIN + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "trailers": (b"5\r\nhello\r\n0\r\n", *(b"X: " + PIECE + b"\r\n" for _ in range(5))),
    "a trailer": (b"5\r\nhello\r\n0\r\nX: ", *[PIECE] * 5),
    "trailers at once": (b"0\r\n", b"X: y\r\n" * 12_000, b"X: y\r\n"),
    "an extension of a chunk": (b"5;a=", *[PIECE] * 5),
}


@pytest.mark.parametrize("pieces", ENDLESS.values(), ids=ENDLESS)
def test_what_follows_a_body_in_chunks_without_end_is_refused_as_a_head_is(pieces):
    written, is_closed = told(CHUNKED, *pieces)
    assert written.startswith("HTTP/1.1 431 ")
    assert written.count("HTTP/1.1") == 1
    assert is_closed


def test_who_goes_on_after_the_answer_is_let_go_without_another():
    written, is_closed = told(CHUNKED, b"0\r\n", *(b"X: " + PIECE for _ in range(5)), is_read=False)
    assert (written.count("HTTP/1.1"), is_closed) == (1, False)
    written, is_closed = told(
        CHUNKED, b"0\r\n", *(b"X: " + PIECE for _ in range(12)), is_read=False
    )
    assert (written.count("HTTP/1.1 200 OK"), written.count("HTTP/1.1"), is_closed) == (1, 1, True)


def test_a_body_in_chunks_is_not_counted_however_small_they_are():
    letters = b"1\r\nx\r\n" * 4_000
    trailers = b"0\r\nX: " + PIECE + b"\r\n\r\n"
    written, is_closed = told(CHUNKED, *[letters] * 8, trailers, b"GET /next HTTP/1.1\r\n\r\n")
    assert (written.count("HTTP/1.1 200 OK"), is_closed) == (2, False)


def test_a_body_is_not_counted_and_neither_is_what_stands_before_a_head():
    size = f"Content-Length: {10 * len(PIECE)}\r\n\r\n".encode()
    once = (BEGIN, size + PIECE * 4, *[PIECE] * 5, PIECE + b"GET /next HTTP/1.1\r\n")
    written, is_closed = told(*once, b"Host: x\r\n", b"\r\n")
    assert written.count("HTTP/1.1 200 OK") == 2
    assert written.endswith("/next\r\n0\r\n\r\n")
    assert not is_closed
