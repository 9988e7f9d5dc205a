"""Which attributes does each answer have at least, and which states may it name?

JSON Schemas for the description of the interface. They hold what the specifications of TM Forum
(version 4) and Mplify (Sonata, release kylie) require, and what this server adds to that.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from karakoram.interfaces.http.tmf_quote import STATES as QUOTE_STATES
from karakoram.sales.api_clients import ClientRole
from karakoram.sales.orders import LegState, OrderState
from karakoram.sales.products import ProductState
from karakoram.sales.qualifications import ServiceabilityConfidence
from karakoram.sales.quotes import QuoteState
from karakoram.settlement.invoices import InvoiceState

Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}


def _words(kind: type[Enum]) -> Schema:
    return {"type": "string", "enum": [each.value for each in kind]}


def _object(required: str, **properties: Schema) -> Schema:
    """An object; what is required has a text where nothing else is said."""
    names = required.split()
    plain = {name: _TEXT for name in names if name not in properties}
    return {"type": "object", "required": names, "properties": {**plain, **properties}}


def _document(required: str, **properties: Schema) -> Schema:
    return _object(f"id href {required}", href=_ADDRESS, **properties)


def _list(name: str) -> Schema:
    """A list of documents; what ``fields`` takes away is not required of them."""
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _some(schema: Schema, *, always: str = "id href") -> Schema:
    """The same document, of which ``fields`` may have taken something away."""
    return {**schema, "required": always.split()}


def _items(schema: Schema, *, at_least: int = 1) -> Schema:
    return {"type": "array", "minItems": at_least, "items": schema}


_PARTIES = _items(_object("id role @referredType"), at_least=0)
_MONEY = _object("unit value", value={"type": "number"})
_STATES: Mapping[str, Schema] = {
    "quote": {"type": "string", "enum": sorted(set(QUOTE_STATES.values()))},
    "order": _words(OrderState),
    "leg": _words(LegState),
}

DOCUMENTS: Mapping[str, Schema] = {
    "Quote": _document(
        "@type quoteItem state quoteDate",
        quoteItem=_items(_object("id action productOffering", productOffering={"type": "object"})),
        state=_STATES["quote"],
        quoteDate=_MOMENT,
        relatedParty=_PARTIES,
    ),
    "ProductOrder": _document(
        "@type productOrderItem state orderDate",
        productOrderItem=_items(_object("id action state")),
        state=_STATES["order"],
        orderDate=_MOMENT,
        relatedParty=_PARTIES,
    ),
    "CancelProductOrder": _document(
        "state productOrder", productOrder=_object("id"), state={"const": "done"}
    ),
    "Product": _document(
        "@type name status productOffering",
        productOffering=_object("id href"),
        status={
            "type": "string",
            "enum": sorted({state.value.partition(".")[0] for state in ProductState}),
        },
        relatedParty=_PARTIES,
    ),
    "Service": _document(
        "@type state serviceSpecification",
        serviceSpecification=_object("id"),
        state={"type": "string", "enum": ["reserved", "inactive", "active", "terminated"]},
    ),
    "ServiceOrder": _document(
        "@type state serviceOrderItem",
        serviceOrderItem=_items(
            _object("id action service", service={"type": "object"}),
        ),
        state=_STATES["leg"],
    ),
    "Resource": _document(
        "@type name resourceStatus",
        resourceStatus={"type": "string", "enum": ["reserved", "available", "suspended"]},
    ),
    "CustomerBill": _document(
        "@type billNo billDate category state billingAccount taxIncludedAmount remainingAmount",
        billDate=_MOMENT,
        billingAccount=_object("id"),
        state=_words(InvoiceState),
        taxIncludedAmount=_MONEY,
        remainingAmount=_MONEY,
        relatedParty=_PARTIES,
    ),
    "AppliedCustomerBillingRate": _document(
        "@type name type isBilled bill taxExcludedAmount",
        type={"type": "string", "enum": ["appliedBillingCharge", "appliedBillingCredit"]},
        isBilled={"const": True},
        bill=_object("id"),
        taxExcludedAmount=_MONEY,
    ),
    "CustomerBillOnDemand": _document(
        "@type state customerBill billingAccount",
        state={"const": "done"},
        customerBill=_object("id"),
        billingAccount=_object("id"),
    ),
    **{
        name: _document("@type name lifecycleStatus")
        for name in (
            "Catalog",
            "Category",
            "ProductOffering",
            "ProductOfferingPrice",
            "ProductSpecification",
        )
    },
}
"""Documents of TM Forum; each has a list of its own name and an ``s``."""

_SONATA: Mapping[str, Schema] = {
    "SonataQualification": _object(
        "id state creationDate productOfferingQualificationItem stateChange "
        "instantSyncQualification provideAlternative relatedContactInformation",
        creationDate=_MOMENT,
        instantSyncQualification={"type": "boolean"},
        provideAlternative={"type": "boolean"},
        relatedContactInformation=_items({"type": "object"}),
        stateChange=_items({"type": "object"}),
        productOfferingQualificationItem=_items(
            _object(
                "id action product state stateChange",
                product={"type": "object"},
                stateChange=_items({"type": "object"}),
                serviceabilityConfidence=_words(ServiceabilityConfidence),
            )
        ),
    ),
    "SonataQualificationFound": _object("id state creationDate", creationDate=_MOMENT),
    "SonataQuote": _object(
        "id state quoteDate quoteItem stateChange buyerRequestedQuoteLevel instantSyncQuote",
        quoteDate=_MOMENT,
        instantSyncQuote={"type": "boolean"},
        state=_words(QuoteState),
        stateChange=_items({"type": "object"}),
        quoteItem=_items(_object("id state stateChange", stateChange=_items({"type": "object"}))),
    ),
    "SonataQuoteFound": _object("id state", state=_words(QuoteState)),
    "SonataQuoteOperation": _object("quoteId"),
    "SonataOrder": _object(
        "id state orderDate productOrderItem stateChange relatedContactInformation",
        orderDate=_MOMENT,
        relatedContactInformation=_items({"type": "object"}),
        stateChange=_items({"type": "object"}),
        productOrderItem=_items(
            _object("id action product state requestedCompletionDate", product={"type": "object"})
        ),
    ),
    "SonataOrderFound": _object("id state orderDate", orderDate=_MOMENT),
    "SonataCancellation": _object(
        "id state productOrder relatedContactInformation",
        productOrder={"type": "object"},
        relatedContactInformation=_items({"type": "object"}, at_least=0),
    ),
    "SonataProduct": _object(
        "id status startDate statusChange",
        startDate=_MOMENT,
        statusChange={"type": "array"},
        status=_words(ProductState),
    ),
    "SonataProductFound": _object("id status", status=_words(ProductState)),
}

_OTHERS: Mapping[str, Schema] = {
    "Token": _object(
        "access_token token_type expires_in",
        token_type={"const": "Bearer"},
        expires_in={"type": "integer"},
        scope={
            "type": "string",
            "description": " ".join(role.value for role in ClientRole),
        },
    ),
    "LogInError": _object("error"),
    "Problem": _object("type title status", status={"type": "integer"}),
    "TmForumError": _object("code reason message status"),
    "SonataError": _object("code reason"),
    "SonataErrors": {"type": "array", "minItems": 1, "items": _object("code reason")},
}

ANSWERS: Mapping[str, Schema] = {
    **{name: _some(schema) for name, schema in DOCUMENTS.items()},
    **{f"{_plural}": _list(name) for name in DOCUMENTS for _plural in (f"{name}s",)},
    **_SONATA,
    **{f"{name}s": _list(name) for name in _SONATA},
    **_OTHERS,
}
"""Every schema by the name under which the description holds it."""
