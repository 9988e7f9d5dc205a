"""How large may a request be, and of which characters?"""

from http import HTTPStatus
from urllib.parse import unquote_plus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from karakoram.core.names import line_breach
from karakoram.interfaces.http.refusals import Detail, Problem, answer_from_problem

BODY_BYTES_MAX = 262_144
"""A request of the specifications takes some kilobytes."""
_DIGITS_MAX = len(str(BODY_BYTES_MAX))
_TOO_LARGE = f"a body has {BODY_BYTES_MAX:,} bytes at most"


class BodyLimit:
    """Refuses bodies that are too large, and addresses of no text, before anything reads them.

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
        problem = _problem(scope)
        if problem is not None:
            await answer_from_problem(problem, scope["path"])(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > BODY_BYTES_MAX:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], (b"x-content-type-options", b"nosniff")]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, counted, guarded)


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
