"""What buyers send over Sonata."""

from karakoram.sales.configurations import CONFIGURATION_TYPE
from tests.support.http_calls import WAVE

CONTACT = [{"name": "Wu", "number": "+86", "emailAddress": "wu@ct.test", "role": "buyerContact"}]


def product(values=WAVE, offering="WAVE-100G"):
    return {
        "productOffering": {"id": offering},
        "productConfiguration": {"@type": CONFIGURATION_TYPE, **values},
    }


def poq_form(**more):
    item = {"id": "first", "action": "add", "product": product()}
    return {
        "instantSyncQualification": True,
        "provideAlternative": False,
        "relatedContactInformation": CONTACT,
        "productOfferingQualificationItem": [item],
        **more,
    }


def quote_form(level="firm", **more):
    item = {"id": "first", "action": "add", "product": product()}
    return {
        "buyerRequestedQuoteLevel": level,
        "instantSyncQuote": True,
        "quoteItem": [{**item, **more.pop("item", {})}],
        **more,
    }


def order_form(quote, **more):
    item = {
        "id": "first",
        "action": "add",
        "product": product(),
        "quoteItem": {"quoteId": quote["id"], "id": "first"},
        "requestedCompletionDate": "2027-01-01T00:00:00Z",
    }
    return {
        "relatedContactInformation": CONTACT,
        "productOrderItem": [{**item, **more.pop("item", {})}],
        **more,
    }
