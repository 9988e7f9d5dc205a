"""Who asked what, when, how was it answered, and how long did it take?

What follows a question mark is never told: somebody may have put a secret there.
"""

import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CALLER = "karakoram.caller"
"""Where the scope of a request keeps who asks, once that is known."""
_NOBODY = "-"
_FAULT = 500
"""The status that is told where no answer was begun."""


class AccessLog:
    """Tells each request in a line once it is answered."""

    def __init__(
        self, app: ASGIApp, *, tell: Callable[[str], None], now: Callable[[], datetime]
    ) -> None:
        """Take the application behind it, who is told, and who knows the time."""
        self._app, self._tell, self._now = app, tell, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request and tell of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_s, at, caller, status = time.perf_counter(), self._now(), [_NOBODY], _FAULT
        scope[_CALLER] = caller

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            taken_ms = 1e3 * (time.perf_counter() - began_s)
            self._tell(
                f"{at.isoformat(timespec='milliseconds').replace('+00:00', 'Z')} "
                f"{_word(caller[0])} {scope['method']} {_word(scope['path'])} "
                f"{status} {taken_ms:.1f} ms"
            )


def note_caller(request: Request, client_id: str) -> None:
    """Keep who asks, for the line that tells of the request; a no-op where none is told."""
    caller = request.scope.get(_CALLER)
    if caller is not None:
        caller[0] = client_id


def _word(text: str) -> str:
    """The text without blanks and line ends, so that nobody writes a line of its own."""
    return quote(text, safe="/:@!$&'()*+,;=~")
