"""Whether the route that is asked for is found among those whose paths begin as it does."""

import asyncio

import pytest
from fastapi.routing import APIRouter
from starlette.routing import Match

from karakoram.interfaces.http.families import family_of

router = APIRouter(prefix="/herbs")


@router.get("/{name}")
async def read(name: str) -> str:
    return name


@router.delete("/{name}")
async def remove(name: str) -> None:
    assert name


def found(method, path):
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    return family_of(router).matches(scope)


@pytest.mark.parametrize(("method", "endpoint"), [("GET", read), ("DELETE", remove)])
def test_a_route_is_found_by_path_and_method(method, endpoint):
    match, scope = found(method, "/herbs/sage")
    assert match is Match.FULL
    assert scope["endpoint"] is endpoint
    assert scope["path_params"] == {"name": "sage"}


def test_a_path_that_has_other_methods_is_told_from_one_that_is_not_there():
    assert found("PUT", "/herbs/sage")[0] is Match.PARTIAL
    assert found("GET", "/herbs")[0] is Match.NONE
    assert found("GET", "/trees/oak")[0] is Match.NONE


def test_no_route_of_another_family_is_looked_at():
    family = family_of(router)
    family.routes = (None,)
    assert family.matches({"type": "http", "method": "GET", "path": "/trees/oak"})[0] is Match.NONE


def test_the_route_that_was_found_answers():
    family, answered = family_of(router), []

    class Answering:
        async def handle(self, scope, receive, send):
            answered.append(scope["path"])

    asyncio.run(family.handle({"path": "/herbs/sage", "karakoram.route": Answering()}, None, None))
    assert answered == ["/herbs/sage"]
