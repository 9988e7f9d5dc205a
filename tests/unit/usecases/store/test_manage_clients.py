"""Clients are made once, log in while they may, and everything about them is logged."""

import pytest

from karakoram.core.errors import IllegalTransitionError, NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId, OperatorId, PartyId
from karakoram.sales.api_clients import ClientKind, ClientRole, ClientState
from karakoram.sales.orders import ProductOrder
from karakoram.sales.quotes import Quote
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import Viewer
from karakoram.usecases.operate.see_operations import (
    ServiceListing,
    leg_order_seen,
    leg_orders_seen,
    resource_seen,
    resources_seen,
    service_seen,
    services_seen,
)
from karakoram.usecases.sell.keep_submission import keep_submission
from karakoram.usecases.sell.see_sales import (
    all_seen,
    buyer_named,
    check_sells,
    one_seen,
    one_to_change,
)
from karakoram.usecases.store.client_ports import Secrets
from karakoram.usecases.store.manage_clients import (
    LogIn,
    NewClient,
    add_client,
    all_clients,
    client_now,
    log_client_in,
    revoke_client,
)
from tests.support.http_calls import PlainSecrets
from tests.support.selling import deed, ordered, quoted, seller, wave

SECRETS = PlainSecrets()
CT, P1, OP1, OP2 = (
    Viewer(party_id=PartyId("CT")),
    Viewer(party_id=PartyId("P1")),
    Viewer(operator_id=OperatorId("OP1")),
    Viewer(operator_id=OperatorId("OP2")),
)


@pytest.fixture
def selling():
    return seller()


def added(selling, name="ct", **changes):
    given = {"kind": ClientKind.PROGRAM, "roles": frozenset({ClientRole.BUYER}), "party_id": "CT"}
    return add_client(
        NewClient(client_id=name, **{**given, **changes}),
        network=selling.network,
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
        secrets=SECRETS,
    )


def enter(selling, name, secret, kind=ClientKind.PROGRAM):
    said = LogIn(client_id=name, secret=secret, kind=kind)
    return log_client_in(said, deed=deed(), store=selling.store, ids=selling.ids, secrets=SECRETS)


def test_a_client_logs_in_until_it_is_revoked(selling):
    assert isinstance(SECRETS, Secrets)
    client, secret = added(selling)
    assert enter(selling, "ct", secret) == client
    assert enter(selling, "ct", "wrong") is None
    assert enter(selling, "ct", secret, ClientKind.PERSON) is None
    revoked = revoke_client("ct", deed=deed(), store=selling.store, ids=selling.ids)
    assert revoked.state is ClientState.REVOKED
    assert enter(selling, "ct", secret) is None
    assert client_now("ct", store=selling.store) is None
    assert all_clients(store=selling.store) == (revoked,)
    with pytest.raises(IllegalTransitionError):
        revoke_client("ct", deed=deed(), store=selling.store, ids=selling.ids)
    logged = selling.store.read(lambda tx: tx.log_of("ct"))
    assert [each.action for each in logged] == [
        "client.add",
        "client.log-in",
        *["client.refuse"] * 2,
        "client.revoke",
        "client.refuse",
    ]


def test_a_client_is_made_for_somebody_who_is_there(selling):
    added(selling)
    with pytest.raises(RefusedError, match="already"):
        added(selling)
    with pytest.raises(NotFoundError):
        added(selling, "other", party_id="NOBODY")
    noc = {"roles": frozenset({ClientRole.NOC}), "party_id": None}
    with pytest.raises(RefusedError, match="no operator"):
        added(selling, "other", operator_id="NOBODY", **noc)
    client, _ = added(selling, "other", operator_id="OP1", **noc)
    assert client_now("other", store=selling.store) == client


def test_what_is_another_s_is_not_found(selling):
    quote = quoted(selling, wave(), "q")
    for viewer, is_seen in ((CT, True), (P1, False), (OP1, True), (OP2, False), (Viewer(), True)):
        found = all_seen(Quote, viewer=viewer, store=selling.store)
        assert ([each.record for each in found.sent] == [quote]) == is_seen
        assert found.total == int(is_seen)
        if is_seen:
            sent = one_seen(Quote, quote.quote_id, viewer=viewer, store=selling.store)
            assert (sent.record, sent.submission) == (quote, None)
        else:
            with pytest.raises(NotFoundError):
                one_seen(Quote, quote.quote_id, viewer=viewer, store=selling.store)


def test_who_only_carries_a_part_may_look_and_not_change(selling):
    quote = quoted(selling, wave(), "q")
    for viewer in (CT, Viewer(operator_id=OperatorId("SCO")), Viewer()):
        assert one_to_change(Quote, quote.quote_id, viewer=viewer, store=selling.store)
    with pytest.raises(RefusedError, match="does not sell"):
        one_to_change(Quote, quote.quote_id, viewer=OP1, store=selling.store)


def test_a_list_is_read_in_parts(selling):
    ids = [quoted(selling, wave(), name).quote_id for name in ("a", "b", "c")]
    for viewer in (CT, OP1):
        found = all_seen(Quote, viewer=viewer, store=selling.store, part=(1, 1))
        assert ([each.record.quote_id for each in found.sent], found.total) == (ids[1:2], 3)


def test_what_was_sent_is_kept_once(selling):
    sent = Submission(submission_id="q", buyer_id=PartyId("CT"), dialect="TMF648", body="{}")
    assert keep_submission(sent, store=selling.store) == sent
    assert keep_submission(sent, store=selling.store) == sent
    other = Submission(submission_id="q", buyer_id=PartyId("CT"), dialect="TMF648", body="[]")
    with pytest.raises(RefusedError, match="something else"):
        keep_submission(other, store=selling.store)


def test_a_buyer_asks_for_itself_and_a_desk_for_whom_it_names():
    assert buyer_named(None, viewer=CT) == buyer_named("CT", viewer=CT) == "CT"
    assert buyer_named("P1", viewer=OP1) == "P1"
    for named, viewer in (("P1", CT), (None, OP1)):
        with pytest.raises(RefusedError):
            buyer_named(named, viewer=viewer)


def test_a_desk_sells_what_its_operator_sells(selling):
    catalogue = selling.catalogue
    sellers = catalogue.offering("WAVE-100G").operator_ids
    check_sells("WAVE-100G", viewer=Viewer(operator_id=sellers[0]), catalogue=catalogue)
    check_sells("WAVE-100G", viewer=CT, catalogue=catalogue)
    with pytest.raises(RefusedError, match="does not sell"):
        check_sells("WAVE-100G", viewer=OP1, catalogue=catalogue)


def test_an_operator_sees_what_it_carries(selling):
    order = ordered(selling, quoted(selling, wave(), "q"), "o")
    store = selling.store
    [(seen, leg)] = leg_orders_seen(viewer=OP1, store=store).legs
    assert isinstance(seen, ProductOrder)
    word = f"{order.product_order_id}.{leg.leg_order_id}"
    assert leg_order_seen(word, viewer=OP1, store=store) == (seen, leg)
    [service] = services_seen(viewer=OP1, store=store).services
    assert service_seen(service.service_id, viewer=OP1, store=store) == service
    [fibre, *_] = resources_seen(viewer=OP1, store=store).resources
    assert resource_seen(fibre.resource_id, viewer=OP1, store=store) == fibre
    assert leg_orders_seen(viewer=OP2, store=store).legs == ()
    for each in (OP2, CT):
        assert services_seen(viewer=each, store=store) == ServiceListing(services=(), total=0)
    for ask, name in (
        (leg_order_seen, word),
        (leg_order_seen, f"{order.product_order_id}.none"),
        (service_seen, service.service_id),
        (resource_seen, fibre.resource_id),
    ):
        with pytest.raises(NotFoundError):
            ask(name, viewer=OP2 if name != f"{order.product_order_id}.none" else OP1, store=store)
    assert ExternalId("o") == order.external_id
