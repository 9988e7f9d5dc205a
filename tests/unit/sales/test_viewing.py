"""A buyer sees what is its own, an operator what it has a part in, the platform everything."""

from dataclasses import replace

import pytest

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.sales.api_clients import ApiClient, ClientKind, ClientRole, ClientState
from karakoram.sales.orders import LegState, OrderAction, ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.qualifications import Qualification
from karakoram.sales.services import ServiceState, legs_carried, services_of
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import (
    Viewer,
    may_see,
    may_see_buyer,
    operators_in,
    visible_charges,
    visible_legs,
)
from tests.support.sales_records import qualification
from tests.support.selling import START, ordered, quoted, seller, wave

CT, P1 = Viewer(party_id=PartyId("CT")), Viewer(party_id=PartyId("P1"))
OP1, OP2, SCO = (Viewer(operator_id=OperatorId(name)) for name in ("OP1", "OP2", "SCO"))
PLATFORM = Viewer()


@pytest.fixture(scope="module")
def sold():
    """A quote of OP1's fibre, its order and its product."""
    selling = seller()
    quote = quoted(selling, wave(), "q")
    order = ordered(selling, quote, "o")
    return quote, order, selling.store.read(lambda tx: tx.find(Product, order.product_id))


def test_who_sees_what(sold):
    for record in sold:
        seen = [viewer for viewer in (CT, P1, OP1, OP2, SCO, PLATFORM) if may_see(record, viewer)]
        assert seen == [CT, OP1, SCO, PLATFORM]
        assert operators_in(record) == {"OP1", "SCO"}
        told = [viewer for viewer in (CT, OP1, SCO, PLATFORM) if may_see_buyer(record, viewer)]
        assert told == [CT, SCO, PLATFORM]


def test_a_qualification_concerns_its_buyer_alone():
    record = qualification()
    assert isinstance(record, Qualification)
    assert [may_see(record, viewer) for viewer in (CT, P1, OP1)] == [True, False, False]


def test_an_operator_sees_its_charges_and_legs(sold):
    quote, order, _ = sold
    charges = quote.offers[0].plan.charges
    assert visible_charges(charges, OP1) == visible_charges(charges, CT) == charges
    assert visible_charges(charges, OP2) == ()
    assert [each.leg.name for each in visible_legs(order, OP1)] == ["OP1 working"]
    assert visible_legs(order, PLATFORM) == order.legs
    assert visible_legs(order, CT) == ()


def test_a_cease_is_seen_by_who_takes_something_down(sold):
    _, order, _ = sold
    cease = replace(order, action=OrderAction.DELETE, plan=None, legs=order.legs[:1])
    assert isinstance(cease, ProductOrder)
    assert operators_in(cease) == {"OP1", "SCO"}
    assert [may_see_buyer(cease, each) for each in (OP1, SCO)] == [False, True]


def test_a_quote_without_offers_is_seen_by_who_would_have_sold(sold):
    quote, _, _ = sold
    assert operators_in(replace(quote, offers=())) == {"SCO"}
    assert operators_in(replace(quote, offers=(), seller_id=None)) == set()


def test_services_follow_their_product(sold):
    product = sold[2]
    first, last = services_of(product)
    assert (first.service_id, first.leg.operator_id) == (f"{product.product_id}.1", "OP1")
    assert last.leg.operator_id == "SCO"
    assert first.state is ServiceState.RESERVED
    for state in ProductState:
        assert services_of(replace(product, state=state))
    assert services_of(replace(product, state=ProductState.SUSPENDED))[0].state is (
        ServiceState.INACTIVE
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ProductState.SUSPENDED, ServiceState.INACTIVE),
        (ProductState.PENDING_TERMINATE, ServiceState.INACTIVE),
        (ProductState.TERMINATED, ServiceState.TERMINATED),
    ],
)
def test_what_rested_when_it_was_to_be_ceased_rests_until_its_end(sold, state, expected):
    product = replace(sold[2], state=state, active_from=START, suspended_from=START)
    assert {each.state for each in services_of(product)} == {expected}
    assert legs_carried(product) == tuple(
        (each.operator_id, expected.value) for each in product.plan.legs
    )


def test_legs_of_an_order_stand_each_for_itself_and_a_quote_has_none(sold):
    quote, order, _ = sold
    first, *others = order.legs
    held = replace(order, legs=(replace(first, state=LegState.HELD), *others))
    assert [each.state for each in legs_carried(held)] == [
        "held",
        *(each.state.value for each in others),
    ]
    assert [each.operator_id for each in legs_carried(held)] == ["OP1", "SCO"]
    assert legs_carried(quote) == ()


def test_a_submission_holds_what_was_sent():
    sent = Submission(submission_id="q", buyer_id=PartyId("CT"), dialect="TMF648", body="{}")
    assert sent.version == 0


def client(*roles, **belongs):
    return ApiClient(
        client_id="c",
        kind=ClientKind.PROGRAM,
        roles=roles,
        secret_digest="",
        state=ClientState.ACTIVE,
        made_at=START,
        **belongs,
    )


def test_a_client_belongs_to_whom_its_roles_are_of():
    assert client(ClientRole.BUYER, party_id=PartyId("CT")).party_id == "CT"
    assert client(ClientRole.SELLER_DESK, ClientRole.NOC, operator_id=OperatorId("SCO"))
    assert client(ClientRole.ADMIN)


@pytest.mark.parametrize(
    ("roles", "belongs"),
    [
        ((ClientRole.BUYER,), {}),
        ((ClientRole.BUYER,), {"operator_id": OperatorId("SCO")}),
        ((ClientRole.NOC,), {"party_id": PartyId("CT")}),
        ((ClientRole.ADMIN,), {"party_id": PartyId("CT")}),
        ((ClientRole.ADMIN, ClientRole.NOC), {"operator_id": OperatorId("SCO")}),
        ((ClientRole.NOC, ClientRole.BUYER), {"operator_id": OperatorId("SCO")}),
    ],
)
def test_a_client_of_another_is_refused(roles, belongs):
    with pytest.raises(ValueError, match="must belong to"):
        client(*roles, **belongs)


@pytest.mark.parametrize("roles", [(), (ClientRole.NOC, ClientRole.SELLER_DESK)])
def test_roles_stand_in_their_order(roles):
    with pytest.raises(ValueError, match="in their order"):
        client(*roles, operator_id=OperatorId("SCO"))
