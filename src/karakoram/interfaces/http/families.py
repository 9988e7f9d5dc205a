"""Which of many routes is asked for, without looking at each of them?

Routes of one interface begin alike: those of the other interfaces need not be looked at.
"""

from collections.abc import Sequence

from fastapi.routing import APIRouter
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_CHOSEN = "karakoram.route"
"""Where the scope of a request keeps the route that was found."""


class Family(BaseRoute):
    """Routes whose paths begin alike, in their order."""

    def __init__(self, prefix: str, routes: Sequence[BaseRoute]) -> None:
        """Take the routes, each with its whole path."""
        self.prefix, self.routes = prefix, tuple(routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route of path and method; else the first of the path, to say which it has."""
        best: tuple[Match, Scope] = Match.NONE, {}
        if not scope["path"].startswith(self.prefix):
            return best
        for route in self.routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, _CHOSEN: route}
            if match is Match.PARTIAL and best[0] is Match.NONE:
                best = match, {**found, _CHOSEN: route}
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer."""
        route: BaseRoute = scope[_CHOSEN]
        await route.handle(scope, receive, send)


def family_of(router: APIRouter) -> Family:
    """The routes of a router, below its prefix."""
    return Family(router.prefix, router.routes)
