"""How large may a request be, of which characters, and how long may it take to come?"""

import asyncio
from http import HTTPStatus
from urllib.parse import unquote_plus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from karakoram.core.names import line_breach
from karakoram.interfaces.http.refusals import Detail, Problem, answer_from_problem

BODY_BYTES_MAX = 262_144
"""A request of the specifications takes some kilobytes."""
BODY_S = 30.0
"""How long a body may be on its way; whoever sends it letter by letter holds a connection."""
_DIGITS_MAX = len(str(BODY_BYTES_MAX))
_TOO_LARGE = f"a body has {BODY_BYTES_MAX:,} bytes at most"

_TOO_SLOW = f"a body must be there within {BODY_S:.0f} s"


class BodyLimit:
    """Refuses bodies that are too large or slow, and addresses of no text.

    It also marks every answer as being what it says, so that no browser guesses otherwise.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the application behind it."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request whose body is not too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read, is_whole = 0, False
        end_s = asyncio.get_running_loop().time() + BODY_S

        async def counted() -> Message:
            nonlocal read, is_whole
            try:
                async with asyncio.timeout_at(None if is_whole else end_s):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW) from None
            is_whole = not message.get("more_body", False)
            read += len(message.get("body", b""))
            if read > BODY_BYTES_MAX:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], (b"x-content-type-options", b"nosniff")]
                message = {**message, "headers": headers}
            await send(message)

        problem = _problem(scope)
        if problem is None:
            await self._app(scope, counted, guarded)
        else:
            await answer_from_problem(problem, scope["path"])(scope, receive, guarded)


def _problem(scope: Scope) -> Problem | None:
    """What is wrong with a request before its body is read."""
    told = dict(scope["headers"]).get(b"content-length", b"")
    if told and (not told.isdigit() or len(told) > _DIGITS_MAX or int(told) > BODY_BYTES_MAX):
        detail = Detail(code="too-large", message=_TOO_LARGE)
        return Problem(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, details=(detail,))
    query = unquote_plus(scope["query_string"].decode("latin-1"))
    for code, text in (("invalid-path", scope["path"]), ("invalid-query", query)):
        breach = line_breach(text)
        if breach is not None:
            detail = Detail(code=code, message=breach)
            return Problem(status=HTTPStatus.BAD_REQUEST, details=(detail,))
    return None
