"""The walk finds a server that is wrong, and nothing to say of ours."""

from random import Random

import pytest

from karakoram.interfaces.http import tmf_order, tmf_product
from karakoram.sales.products import ProductState
from karakoram.sales.viewing import Viewer
from karakoram.usecases.operate import see_operations
from karakoram.usecases.sell import see_sales
from tests.support.http_calls import platform, quote_form
from tests.support.http_walk import DisagreementError, Walker

OPERATORS = ("SCO", "OP1", "OP2", "OP3")


def walker(made, seed):
    names = {"buyer": "ct", **{each: f"{each.lower()}-noc" for each in OPERATORS}}

    def ask(party, method, path, body):
        answer = made.call(method, path, by=names[party], json=body)
        return answer.status_code, answer.json()

    wish = quote_form()["quoteItem"][0]
    return Walker(ask=ask, rng=Random(seed), wish=wish, operators=OPERATORS)


def test_all_agree_at_every_step():
    walk = walker(platform(), 7)
    walk.walk(25)
    assert set(walk.steps) >= {"quote", "order", "advance"}


legs_read = see_operations._legs_read


def all_legs(tx, kind, **more):
    """The legs of all, whoever looks."""
    return legs_read(tx, kind, **{**more, "viewer": Viewer()})


@pytest.mark.parametrize(
    ("where", "name", "wrong"),
    [
        (see_sales, "may_see", lambda *_: True),
        (see_operations, "_legs_read", all_legs),
        (tmf_order, "place_order", lambda *_, **__: 1 / 0),
        (tmf_product, "_STATES", dict.fromkeys(ProductState, "active")),
        (see_sales, "may_see", lambda record, viewer: viewer.party_id is not None),
    ],
)
def test_a_server_that_is_wrong_is_seen(monkeypatch, where, name, wrong):
    monkeypatch.setattr(where, name, wrong)
    with pytest.raises(DisagreementError):
        walker(platform(), 7).walk(25)
