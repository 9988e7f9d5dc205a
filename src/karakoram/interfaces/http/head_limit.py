"""How long may the head of a request be, and what frames its body: address, headers, trailers?

The parser keeps what it reads until a head is whole, and all headers that follow a body in chunks,
so somebody who sends them without end would fill the memory of the server before anybody asked who
it is.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from karakoram.interfaces.http.body_limit import BODY_BYTES_MAX

HEAD_BYTES_MAX = 65_536
"""As much as proxies pass on; a request of the specifications takes a kilobyte."""
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%b"
)
_MESSAGE = (
    f"address and headers, or what follows a body, have {HEAD_BYTES_MAX:,} bytes at most".encode()
)
_CHUNKED = b"transfer-encoding"
"""The header without which a body is as long as its head says, and nothing follows it."""


class LimitedHeads(asyncio.Protocol):
    """A connection that ends where a head is too long, or what follows a body in chunks.

    All else is the business of uvicorn.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (uvicorn's own)
        """Take what uvicorn gives to a protocol."""
        self._spoken = AutoHTTPProtocol(*given, **named)
        self._transport: asyncio.Transport | None = None
        self._part: object = None
        """The head or the body in chunks that is on its way."""
        self._part_bytes = 0
        """Received of it in a row that were no body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody calls."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is none by its type
        self._spoken.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self._spoken.connection_lost(exc)

    def eof_received(self) -> bool | None:
        """Nothing more comes."""
        return self._spoken.eof_received()

    def pause_writing(self) -> None:
        """Who called reads slower than we write."""
        self._spoken.pause_writing()

    def resume_writing(self) -> None:
        """Who called has read what there was."""
        self._spoken.resume_writing()

    def data_received(self, data: bytes) -> None:
        """Pass bytes on; end the connection where what is no body goes on for too long."""
        body_bytes = self._body_bytes()
        self._spoken.data_received(data)
        part = self._open_part()
        if part is None or part is not self._part or self._body_bytes() != body_bytes:
            # What stands before the part in these bytes is not its own, and a body is not counted.
            self._part, self._part_bytes = part, 0
        else:
            self._part_bytes += len(data)
        if self._part_bytes > self._bytes_max():
            self._refuse()

    def _open_part(self) -> object:
        """The head or the body in chunks that is not whole; ``None`` where there is none."""
        scope = getattr(self._spoken, "scope", None)
        if scope is None or "path" not in scope:  # only a head that is not whole has no path yet
            return scope
        cycle = self._cycle()
        is_chunked = any(name == _CHUNKED for name, _ in scope["headers"])
        return cycle if is_chunked and cycle.more_body else None

    def _cycle(self) -> Any:  # noqa: ANN401  (uvicorn's own)
        """The request whose head was whole last, and its answer; ``None`` before the first."""
        return getattr(self._spoken, "cycle", None)

    def _body_bytes(self) -> int:
        """What is there of a body and not taken yet; it grows where a piece of it comes."""
        cycle = self._cycle()
        return 0 if cycle is None else len(cycle.body)

    def _bytes_max(self) -> int:
        """What is let pass; once a request is answered also its body counts as none."""
        cycle = self._cycle()
        is_body = cycle is self._part
        is_answered = is_body and cycle is not None and cycle.response_complete
        return BODY_BYTES_MAX if is_answered else HEAD_BYTES_MAX

    def _refuse(self) -> None:
        assert self._transport is not None, "a connection was made"
        if self._transport.is_closing():
            return
        if not self._is_telling():
            self._transport.write(_TOO_LARGE % (len(_MESSAGE), _MESSAGE))
        self._transport.close()

    def _is_telling(self) -> bool:
        """Whether an answer is under way, or all of that to what is refused was told."""
        cycle = self._cycle()
        if cycle is None or not cycle.response_started:
            return False
        return cycle is self._part or not cycle.response_complete
