"""Which of many routes is asked for, without looking at each of them?

Routes of one interface begin alike: those of the other interfaces need not be looked at.
"""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi.routing import APIRouter
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from karakoram.interfaces.http.bodiless import GET, HEAD

_CHOSEN = "karakoram.route"
"""Where the scope of a request keeps the route that was found."""
_METHODS = "karakoram.methods"
"""Where it keeps the methods that its path has, if the one that is asked for is none of them."""


class Family(BaseRoute):
    """Routes whose paths begin alike, in their order."""

    def __init__(self, prefix: str, routes: Sequence[BaseRoute]) -> None:
        """Take the routes, each with its whole path."""
        self.prefix, self.routes = prefix, tuple(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route of path and method; else all methods that the path has."""
        if not scope["path"].startswith(self.prefix):
            return Match.NONE, {}
        methods: set[str] = set()
        for route in self.routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, _CHOSEN: route}
            if match is Match.PARTIAL:
                methods.update(getattr(route, "methods", None) or ())
        return (Match.PARTIAL, {_METHODS: tuple(sorted(methods))}) if methods else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer; refuse a method that the path has not.

        Raises
        ------
        HTTPException
            405, with the methods that it has (RFC 9110, section 15.5.6).
        """
        if _CHOSEN not in scope:
            methods: tuple[str, ...] = scope[_METHODS]
            can = ", ".join(sorted({*methods, HEAD} if GET in methods else methods))
            raise HTTPException(
                HTTPStatus.METHOD_NOT_ALLOWED,
                f"{scope['method']} cannot be done here; {can} can",
                headers={"Allow": can},
            )
        route: BaseRoute = scope[_CHOSEN]
        await route.handle(scope, receive, send)


def family_of(router: APIRouter) -> Family:
    """The routes of a router, below its prefix."""
    return Family(router.prefix, router.routes)
