"""HEAD reaches the application as GET, and of what it answers the body alone is kept back."""

import asyncio

import pytest

from karakoram.interfaces.http.bodiless import Bodiless

START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}


def answered(scope):
    """What the application is asked, and what is sent of its answer."""
    asked, sent = [], []

    async def app(scope, _, send):
        asked.append(scope)
        for message in (START, {"type": "http.response.body", "body": b"herb"}):
            await send(message)

    async def send(message):
        sent.append(message)

    asyncio.run(Bodiless(app)(scope, None, send))
    return asked[0], sent


def test_of_an_answer_to_head_the_head_is_sent_whole_and_the_body_not_at_all():
    given = {"type": "http", "method": "HEAD", "path": "/herbs"}
    asked, (start, body) = answered(given)
    assert asked == {**given, "method": "GET"}
    assert given["method"] == "HEAD"
    assert (start, body["body"]) == (START, b"")


@pytest.mark.parametrize("scope", [{"type": "http", "method": "GET"}, {"type": "lifespan"}])
def test_whatever_is_not_head_passes_as_it_is(scope):
    asked, (_, body) = answered(scope)
    assert asked is scope
    assert body["body"] == b"herb"
