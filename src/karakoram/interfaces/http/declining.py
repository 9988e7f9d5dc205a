"""How does a route answer that a specification has and this server does not offer?"""

from collections.abc import Iterable

from fastapi import APIRouter, Depends, Request, Response

from karakoram.interfaces.http.allowed import Allowed
from karakoram.interfaces.http.listing import Id
from karakoram.interfaces.http.refusals import DeclinedError

NOT_OFFERED = "not offered"
"""How the tag of such routes ends."""


def declining_router(
    operations: Iterable[tuple[str, str]], *, interface: str, let_in: Allowed
) -> APIRouter:
    """Routes that answer by 501, each a method and a path; others are told that they may not."""
    tag = f"{interface}, {NOT_OFFERED}"
    router = APIRouter(tags=[tag], dependencies=[Depends(let_in)])
    for method, path in operations:
        router.add_api_route(
            path,
            _decline_one if path.endswith("{id}") else _decline,
            methods=[method],
            name=f"decline {method} {path}",
        )
    return router


async def _decline_one(record_id: Id, request: Request) -> Response:
    """Not offered."""
    raise DeclinedError(f"{request.url.path} is not offered here, for {record_id}")


async def _decline(request: Request) -> Response:
    """Not offered."""
    raise DeclinedError(f"{request.url.path} is not offered here")
