"""How long may the head of a request be: its address and its headers?

The parser keeps what it reads until a head is whole, so somebody who sends one without end would
fill the memory of the server before anybody asked who it is.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_BYTES_MAX = 65_536
"""As much as proxies pass on; a request of the specifications takes a kilobyte."""
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%b"
)
_MESSAGE = f"address and headers have {HEAD_BYTES_MAX:,} bytes at most".encode()


class LimitedHeads(asyncio.Protocol):
    """A connection that ends where a head is too long; all else is the business of uvicorn."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (uvicorn's own)
        """Take what uvicorn gives to a protocol."""
        self._spoken = AutoHTTPProtocol(*given, **named)
        self._transport: asyncio.Transport | None = None
        self._head: object = None
        self._head_bytes = 0

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
        """Pass bytes on; end the connection where a head goes on for too long."""
        self._spoken.data_received(data)
        scope = getattr(self._spoken, "scope", None)
        if scope is None or "path" in scope:  # only a head that is not whole has no path yet
            self._head, self._head_bytes = None, 0
        elif scope is not self._head:  # what stands before the head in these bytes is not its own
            self._head, self._head_bytes = scope, 0
        else:
            self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES_MAX:
            self._refuse()

    def _refuse(self) -> None:
        assert self._transport is not None, "a connection was made"
        if not self._transport.is_closing():
            self._transport.write(_TOO_LARGE % (len(_MESSAGE), _MESSAGE))
            self._transport.close()
