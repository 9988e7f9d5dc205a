"""How is a leg bought of a partner over MEF LSO Sonata?

Product offering qualification v8, quote v10, product order v11 and product inventory v8. Products
are configured in words of this platform; Sonata leaves the payload of a product to the two sides.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import BaseModel

from karakoram.adapters.partners.sonata_answers import (
    Acknowledgement,
    FoundList,
    FoundRecord,
    OrderAnswer,
    ProductAnswer,
    QualificationAnswer,
    QuoteAnswer,
    cleaned,
    days_of,
    in_utc,
    price_of,
)
from karakoram.adapters.partners.sonata_calls import SonataCalls
from karakoram.core.identifiers import ExternalId
from karakoram.sales.configurations import CONFIGURATION_TYPE
from karakoram.sales.offer_trust import without_days_trust
from karakoram.sales.orders import OrderAction
from karakoram.sales.qualifications import Wish
from karakoram.usecases.buy.partner_ports import (
    Listed,
    OrderAsked,
    PartnerAccount,
    PartnerError,
    PartnerTerms,
    ToldOrder,
    ToldProduct,
    ToldQualification,
    ToldQuote,
)

AnswerT = TypeVar("AnswerT", bound=BaseModel)

SONATA = "/mefApi/sonata"
QUALIFICATIONS = f"{SONATA}/productOfferingQualification/v8/productOfferingQualification"
QUOTES = f"{SONATA}/quoteManagement/v10/quote"
DECLINE = f"{SONATA}/quoteManagement/v10/declineQuote"
CANCEL_QUOTE = f"{SONATA}/quoteManagement/v10/cancelQuote"
ORDERS = f"{SONATA}/productOrderingManagement/v11/productOrder"
CANCEL = f"{SONATA}/productOrderingManagement/v11/cancelProductOrder"
PRODUCTS = f"{SONATA}/productInventory/v8/product"
_PAGE = 200
_LISTED_MAX = 100_000
"""More than a partner sells us: a list that goes on has no end, or is another's."""
_ITEM = "1"


class SonataPartner:
    """A partner that sells over Sonata."""

    __slots__ = ("_account", "_calls")

    def __init__(self, account: PartnerAccount, calls: SonataCalls | None = None) -> None:
        """Take how to log in, and who sends; nothing is sent yet."""
        self._account = account
        self._calls = calls or SonataCalls(account)

    @property
    def terms(self) -> PartnerTerms:
        """What we have written down about it."""
        return self._account.terms

    def qualification(
        self, wish: Wish, name: ExternalId, *, product_id: str = ""
    ) -> ToldQualification:
        """Whether something can be had; or what a product of ours there can become."""
        form = {
            "externalId": name,
            "instantSyncQualification": True,
            "provideAlternative": False,
            "relatedContactInformation": self._contacts("buyerContactInformation"),
            "productOfferingQualificationItem": [{"id": _ITEM, **_wanted(wish, product_id)}],
        }
        told = self._calls.post(
            QUALIFICATIONS,
            form,
            QualificationAnswer,
            made=lambda: self._named(QUALIFICATIONS, name, QualificationAnswer),
        )
        item = told.productOfferingQualificationItem[0]
        offering = item.product.productOffering
        reason, days_trust = without_days_trust(cleaned(item.serviceabilityConfidenceReason))
        return ToldQualification(
            qualification_id=told.id,
            external_id=told.externalId,
            offering_id="" if offering is None else offering.id,
            confidence=cleaned(item.serviceabilityConfidence),
            reason=reason,
            installation_days=days_of(item.installationInterval),
            days_confidence=days_trust,
        )

    def new_quote(self, wish: Wish, name: ExternalId, *, product_id: str = "") -> ToldQuote:
        """A firm quote; of what a product of ours there is to become, where one is named."""
        form = {
            "externalId": name,
            "buyerRequestedQuoteLevel": "firm",
            "instantSyncQuote": True,
            "relatedContactInformation": self._contacts("buyerContactInformation"),
            "quoteItem": [{"id": _ITEM, **_wanted(wish, product_id)}],
        }
        return _quote(
            self._calls.post(
                QUOTES, form, QuoteAnswer, made=lambda: self._named(QUOTES, name, QuoteAnswer)
            )
        )

    def quote(self, quote_id: str) -> ToldQuote:
        """A quote as it stands."""
        return _quote(self._one(QUOTES, quote_id, QuoteAnswer))

    def quote_named(self, name: ExternalId) -> ToldQuote | None:
        """The quote that we gave the name; ``None`` where there is none."""
        found = self._named(QUOTES, name, QuoteAnswer)
        return None if found is None else _quote(found)

    def decline(self, quote_id: str, *, is_at_work: bool) -> None:
        """Give back what a quote holds; one that is still worked on is cancelled."""
        path = CANCEL_QUOTE if is_at_work else DECLINE
        form = {"quoteId": quote_id, "reason": "the leg is not wanted any more"}
        self._calls.post(path, form, Acknowledgement, made=lambda: None)

    def new_order(self, asked: OrderAsked) -> ToldOrder:
        """An order: of what a quote offers, new or as a change, or the end of a product."""
        if asked.action is OrderAction.DELETE:
            item: dict[str, object] = {"action": "delete", "product": {"id": asked.product_id}}
        else:
            item = {
                **_wanted(asked.wish, asked.product_id),
                "quoteItem": {"id": _ITEM, "quoteId": asked.quote_id},
            }
        due_at = f"{asked.due_on.isoformat()}T00:00:00Z"
        form = {
            "externalId": asked.name,
            "relatedContactInformation": self._contacts("productOrderContact"),
            "productOrderItem": [{"id": _ITEM, "requestedCompletionDate": due_at, **item}],
        }
        return _order(
            self._calls.post(
                ORDERS, form, OrderAnswer, made=lambda: self._named(ORDERS, asked.name, OrderAnswer)
            )
        )

    def order(self, order_id: str) -> ToldOrder:
        """An order as it stands."""
        return _order(self._one(ORDERS, order_id, OrderAnswer))

    def order_named(self, name: ExternalId) -> ToldOrder | None:
        """The order that we gave the name; ``None`` where there is none."""
        found = self._named(ORDERS, name, OrderAnswer)
        return None if found is None else _order(found)

    def cancel(self, order_id: str) -> None:
        """Call an order off."""
        form = {
            "productOrder": {"productOrderId": order_id},
            "relatedContactInformation": self._contacts("cancelProductOrderContact"),
            "cancellationReason": "the leg is not wanted any more",
        }
        self._calls.post(CANCEL, form, Acknowledgement, made=lambda: None)

    def product(self, product_id: str) -> ToldProduct:
        """A product as it stands."""
        told = self._one(PRODUCTS, product_id, ProductAnswer)
        return ToldProduct(
            product_id=told.id,
            status=cleaned(told.status),
            offering_id=told.productOffering.id,
            order_ids=frozenset(each.productOrderId for each in told.productOrderItem),
            price=price_of(told.productPrice),
        )

    def orders(self) -> tuple[Listed, ...]:
        """All our orders there."""
        return self._listed(ORDERS, lambda each: each.state)

    def products(self) -> tuple[Listed, ...]:
        """All our products there."""
        return self._listed(PRODUCTS, lambda each: each.status)

    def _one(self, path: str, record_id: str, answer: type[AnswerT]) -> AnswerT:
        """A record that the partner gave us before."""
        if not record_id or "/" in record_id or "?" in record_id or "#" in record_id:
            raise PartnerError(
                f"{self._calls.partner} names a record {record_id!r}",
                code="partner-malformed",
                where="id",
                alternatives=("the partner gives an identifier that can stand in an address",),
            )
        try:
            return self._calls.get(f"{path}/{record_id}", answer)
        except PartnerError as error:
            if error.code != "partner-not-found":
                raise
            raise PartnerError(
                f"{self._calls.partner} does not know {path.rpartition('/')[2]} {record_id} any "
                "more, which it gave us",
                code="partner-lost-record",
                where=record_id,
                alternatives=("settle with the partner what became of it",),
            ) from error

    def _named(self, path: str, name: ExternalId, answer: type[AnswerT]) -> AnswerT | None:
        found = self._calls.get(path, FoundList, params={"externalId": name}).root
        same = [each for each in found if each.externalId == name]
        if len(same) > 1:
            raise PartnerError(
                f"{self._calls.partner} has {len(same)} records under the one name {name}: "
                f"{', '.join(cleaned(each.id) for each in same)}",
                code="partner-double-record",
                where="externalId",
                alternatives=("call all but one off with the partner",),
            )
        return self._one(path, same[0].id, answer) if same else None

    def _listed(self, path: str, state: Callable[[FoundRecord], str]) -> tuple[Listed, ...]:
        found: dict[str, FoundRecord] = {}
        while True:
            params = {"offset": str(len(found)), "limit": str(_PAGE)}
            page = self._calls.get(path, FoundList, params=params).root
            new = {each.id: each for each in page if each.id not in found}
            if not new:  # no page, or the same one once more
                break
            found.update(new)
            self._refuse_endless(path, len(found))
        return tuple(
            Listed(record_id=each.id, external_id=each.externalId, state=cleaned(state(each)))
            for each in found.values()
        )

    def _refuse_endless(self, path: str, count: int) -> None:
        """Refuse a list that is longer than ours can be; what is left out would count as lost."""
        if count > _LISTED_MAX:
            raise PartnerError(
                f"{self._calls.partner} lists {count:,} records of {path.rpartition('/')[2]} and "
                f"goes on; {_LISTED_MAX:,} are read at most",
                code="partner-endless-list",
                where=path,
                alternatives=("the partner lists what we ordered alone, and ends its list",),
            )

    def _contacts(self, role: str) -> list[Mapping[str, str]]:
        contact = self._account.contact
        return [
            {
                "role": role,
                "name": contact.name,
                "number": contact.number,
                "emailAddress": contact.email,
            }
        ]


def _product(wish: Wish) -> dict[str, object]:
    return {
        "productOffering": {"id": wish.product_offering_id},
        "productConfiguration": {"@type": CONFIGURATION_TYPE, **wish.configuration.by_name},
    }


def _wanted(wish: Wish, product_id: str) -> dict[str, object]:
    """What an item asks for: a new product, or what one that is there is to become."""
    if not product_id:
        return {"action": "add", "product": _product(wish)}
    return {"action": "modify", "product": {"id": product_id, **_product(wish)}}


def _quote(told: QuoteAnswer) -> ToldQuote:
    item = told.quoteItem[0]
    offering = item.product.productOffering
    valid_until = None if told.validFor is None else told.validFor.endDateTime
    return ToldQuote(
        quote_id=told.id,
        external_id=told.externalId,
        offering_id="" if offering is None else offering.id,
        level=told.quoteLevel,
        state=cleaned(told.state),
        price=price_of(item.quoteItemPrice),
        installation_days=days_of(item.quoteItemInstallationInterval),
        valid_until=in_utc(valid_until),
        reasons=tuple(cleaned(each.value) for each in item.terminationError),
        product_id=item.product.id or "",
    )


def _order(told: OrderAnswer) -> ToldOrder:
    item = told.productOrderItem[0]
    return ToldOrder(
        order_id=told.id,
        external_id=told.externalId,
        action=item.action,
        state=cleaned(told.state),
        quote_id="" if item.quoteItem is None else item.quoteItem.quoteId,
        product_id=item.product.id or "",
    )
