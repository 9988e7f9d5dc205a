"""What is sent to a partner keeps to the published schemas, and what is told is read back."""

import json

import pytest

from karakoram.adapters.partners import sonata_partner
from karakoram.core.identifiers import ExternalId
from karakoram.interfaces.http import paths
from karakoram.sales.orders import OrderAction
from karakoram.usecases.buy.buy_legs import order_legs, qualify_legs
from karakoram.usecases.buy.partner_legs import legs_to_buy
from karakoram.usecases.buy.partner_ports import OrderAsked, Partner, PartnerError
from tests.support.http_calls import breaches
from tests.support.partnering import PARTNER, PRODUCTS, sides
from tests.support.selling import deed

POQ_FILE, QUOTE_FILE = "mef-lso-sonata-product-offering-qualification", "mef-lso-sonata-quote"
ORDER_FILE = "mef-lso-sonata-product-order"


@pytest.fixture
def both():
    return sides()


def test_it_plays_its_part(both):
    assert isinstance(both.buying.partners[PARTNER], Partner)


def test_buyer_and_seller_mean_the_same_paths():
    assert sonata_partner.QUALIFICATIONS.startswith(paths.SONATA_QUALIFICATION)
    assert sonata_partner.QUOTES.startswith(paths.SONATA_QUOTE)
    assert sonata_partner.ORDERS.startswith(paths.SONATA_ORDER)
    assert sonata_partner.PRODUCTS.startswith(paths.SONATA_INVENTORY)


def test_whatever_is_sent_keeps_to_the_published_schemas(both):
    sent = {}

    def keep(request):
        if request.method == "POST" and "mefApi" in request.url.path:
            sent[request.url.path.rpartition("/")[2]] = json.loads(request.content)

    both.wire.before = keep
    order = both.order()
    qualify_legs(order.product_order_id, buying=both.buying)
    order_legs(order.product_order_id, may_be_dearer=False, buying=both.buying, deed=deed())
    both.buying.partners[PARTNER].cancel(both.purchase().order_there)
    assert (
        breaches(
            POQ_FILE, "ProductOfferingQualification_Common", sent["productOfferingQualification"]
        )
        == []
    )
    (item,) = sent["productOfferingQualification"]["productOfferingQualificationItem"]
    assert breaches(POQ_FILE, "ProductOfferingQualificationItem_Common", item) == []
    assert breaches(QUOTE_FILE, "Quote_Common", sent["quote"]) == []
    assert breaches(QUOTE_FILE, "MEFQuoteItem_Common", sent["quote"]["quoteItem"][0]) == []
    assert breaches(ORDER_FILE, "ProductOrder_Common", sent["productOrder"]) == []
    (item,) = sent["productOrder"]["productOrderItem"]
    assert breaches(ORDER_FILE, "MEFProductOrderItem_Common", item) == []
    for contact in sent["cancelProductOrder"]["relatedContactInformation"]:
        assert breaches(ORDER_FILE, "RelatedContactInformation", contact) == []
    reference = sent["cancelProductOrder"]["productOrder"]
    assert breaches(ORDER_FILE, "MEFProductOrderRef", reference) == []


def test_a_change_names_its_product_from_the_question_to_the_order_as_the_schemas_say(both):
    sent = {}

    def keep(request):
        if request.method == "POST" and "mefApi" in request.url.path:
            sent[request.url.path.rpartition("/")[2]] = json.loads(request.content)

    both.wire.before = keep
    partner = both.buying.partners[PARTNER]
    (leg,) = legs_to_buy(both.order().product_order_id, both.buying)
    asked = OrderAsked(
        name=ExternalId("o"),
        action=OrderAction.MODIFY,
        wish=leg.wish,
        quote_id="q",
        product_id="p",
        due_on=leg.leg.due_on,
    )
    for ask in (
        lambda: partner.qualification(leg.wish, ExternalId("p"), product_id="p"),
        lambda: partner.new_quote(leg.wish, ExternalId("q"), product_id="p"),
        lambda: partner.new_order(asked),
    ):
        with pytest.raises(PartnerError, match="referenceNotFound"):
            ask()
    (item,) = sent["productOfferingQualification"]["productOfferingQualificationItem"]
    assert breaches(POQ_FILE, "ProductOfferingQualificationItem_Common", item) == []
    items = [item, *sent["quote"]["quoteItem"], *sent["productOrder"]["productOrderItem"]]
    assert [(each["action"], each["product"]["id"]) for each in items] == [("modify", "p")] * 3
    assert breaches(QUOTE_FILE, "MEFQuoteItem_Common", items[1]) == []
    assert breaches(ORDER_FILE, "MEFProductOrderItem_Common", items[2]) == []


def test_lists_are_read_to_their_end_also_where_pages_repeat(both):
    pages = [
        [{"id": str(number), "status": "active"} for number in range(200)],
        [{"id": str(number), "status": "active"} for number in range(190, 210)],
    ]
    asked = []

    def paged(request, status, body):
        if request.url.path != PRODUCTS:
            return status, body
        asked.append(dict(request.url.params)["offset"])
        return 200, pages.pop(0) if pages else [{"id": "5", "status": "active"}]

    both.wire.change = paged
    found = both.buying.partners[PARTNER].products()
    assert [each.record_id for each in found] == [str(number) for number in range(210)]
    assert asked == ["0", "200", "210"]


def test_a_list_that_goes_on_for_longer_than_ours_can_is_refused_and_not_cut(both, monkeypatch):
    monkeypatch.setattr(sonata_partner, "_LISTED_MAX", 400)
    ends = 400

    def listed(request, status, body):
        if request.url.path != PRODUCTS:
            return status, body
        start = int(dict(request.url.params)["offset"])
        numbers = range(start, min(start + 200, ends))
        return 200, [{"id": str(number), "status": "active"} for number in numbers]

    both.wire.change = listed
    assert len(both.buying.partners[PARTNER].products()) == 400
    ends = 1_000_000
    with pytest.raises(
        PartnerError, match="lists 600 records of product and goes on; 400 are"
    ) as to:
        both.buying.partners[PARTNER].products()
    assert to.value.code == "partner-endless-list"


@pytest.mark.parametrize("record_id", ["", "a/b", "a?b", "a#b"])
def test_an_identifier_that_would_be_another_address_is_not_asked_for(both, record_id):
    with pytest.raises(PartnerError) as told:
        both.buying.partners[PARTNER].order(record_id)
    assert told.value.code == "partner-malformed"
    assert both.wire.sent == []


def test_what_was_never_named_is_not_there(both):
    partner = both.buying.partners[PARTNER]
    assert partner.order_named(ExternalId("leg:x:order:1")) is None
    assert partner.quote_named(ExternalId("leg:x:quote:1")) is None


def test_what_the_partner_says_that_it_does_not_know_is_told(both):
    with pytest.raises(PartnerError, match="does not know product nothing any more") as told:
        both.buying.partners[PARTNER].product("nothing")
    assert told.value.code == "partner-lost-record"


def test_a_refusal_of_the_partner_is_told_in_its_words(both):
    with pytest.raises(PartnerError, match="referenceNotFound") as told:
        both.buying.partners[PARTNER].decline("nothing", is_at_work=False)
    assert told.value.code == "partner-refused"
