"""How large may the body of a request be?"""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from karakoram.interfaces.http.refusals import Detail, Problem, answer_from_problem

BODY_BYTES_MAX = 262_144
"""A request of the specifications takes some kilobytes."""


class BodyLimit:
    """Refuses bodies that are too large before anything reads them.

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
        told = dict(scope["headers"]).get(b"content-length", b"")
        if told and (not told.isdigit() or int(told) > BODY_BYTES_MAX):
            await _too_large(scope["path"])(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            return message if read <= BODY_BYTES_MAX else {"type": "http.disconnect"}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], (b"x-content-type-options", b"nosniff")]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, counted, guarded)


def _too_large(path: str) -> ASGIApp:
    detail = Detail(code="too-large", message=f"a body has {BODY_BYTES_MAX:,} bytes at most")
    problem = Problem(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, details=(detail,))
    return answer_from_problem(problem, path)
