"""How is ``HEAD`` answered? As ``GET`` is, without the body (RFC 9110, section 9.3.2)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

GET, HEAD = "GET", "HEAD"


class Bodiless:
    """Passes ``HEAD`` on as ``GET``, so that the same is checked, and keeps back the body."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application behind it."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request; of its answer to ``HEAD``, the head alone."""
        if scope["type"] != "http" or scope["method"] != HEAD:
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if "body" in message else message)

        await self._app({**scope, "method": GET}, receive, without_body)
