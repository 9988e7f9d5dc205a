"""On which terms is settled: agreements, shares, and how each owner keeps its books?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from karakoram.core.cells import did_you_mean
from karakoram.core.errors import NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import AgreementId, OperatorId, near_misses
from karakoram.network.network import Network
from karakoram.refdata.levies import Levy
from karakoram.sales.catalogue.identifiers import ProductSpecificationId
from karakoram.settlement.agreed_commitments import AgreedCommitment
from karakoram.settlement.agreements import (
    AgreedShare,
    Agreements,
    SettlementAgreement,
    SettlementMode,
    ShareRule,
)
from karakoram.settlement.exchange import ExchangeRate, ExchangeRates
from karakoram.settlement.owner_books import OwnerBook
from karakoram.settlement.taxed_products import TaxedProduct

_WEIGHED = frozenset({ShareRule.COST, ShareRule.NEGOTIATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementTerms:
    """What owners have agreed, as tables."""

    settlement_agreements: Mapping[AgreementId, SettlementAgreement] = field(default_factory=dict)
    agreed_shares: Mapping[str, AgreedShare] = field(default_factory=dict)
    owner_books: Mapping[OperatorId, OwnerBook] = field(default_factory=dict)
    exchange_rates: Mapping[str, ExchangeRate] = field(default_factory=dict)
    taxed_products: Mapping[ProductSpecificationId, TaxedProduct] = field(default_factory=dict)
    taxes_and_levies: Mapping[str, Levy] = field(default_factory=dict)
    minimum_commitments: Mapping[str, AgreedCommitment] = field(default_factory=dict)

    @property
    def dated_rates(self) -> ExchangeRates:
        """The exchange rates of all days."""
        return ExchangeRates(tuple(self.exchange_rates.values()))

    @property
    def agreements(self) -> Agreements:
        """The agreements with their shares."""
        return Agreements(
            agreements=tuple(self.settlement_agreements.values()),
            shares=tuple(self.agreed_shares.values()),
        )

    def book_of(self, operator_id: OperatorId) -> OwnerBook:
        """How the operator keeps its books.

        Raises
        ------
        NotFoundError
            If the terms do not say.
        """
        if operator_id not in self.owner_books:
            raise NotFoundError(
                f"the settlement terms have no book of {operator_id}; add it to owner_books.csv of "
                "the folder that --terms names (karakoram statement terms FOLDER writes one).",
                near_misses=near_misses(operator_id, self.owner_books),
            )
        return self.owner_books[operator_id]


def validate_terms(
    terms: SettlementTerms, *, network: Network | None = None
) -> tuple[Finding, ...]:
    """Everything wrong with the tables together; empty when they can be used.

    Parameters
    ----------
    terms
        Tables whose rows are right by themselves.
    network
        Whose operators the rows may name; ``None`` leaves the names unjudged.
    """
    return (
        *_about_shares(terms),
        *_about_agreements(terms),
        *_about_exchange_rates(terms),
        *(() if network is None else _unknown_operators(terms, network)),
    )


def _about_shares(terms: SettlementTerms) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], str] = {}
    for share in terms.agreed_shares.values():
        if share.agreement_id not in terms.settlement_agreements:
            near = did_you_mean(share.agreement_id, terms.settlement_agreements)
            message = f"{share.agreement_id} is no agreement{near}"
            yield _share(share, "agreement_id", message, code="unknown-agreement")
        first = seen.setdefault((share.agreement_id, share.operator_id, share.unit), share.share_id)
        if first != share.share_id:
            yield _share(
                share,
                "operator_id",
                f"{share.operator_id} has its share in row {first} already; remove one",
                code="share-twice",
            )


def _about_agreements(terms: SettlementTerms) -> Iterator[Finding]:
    agreements = list(terms.settlement_agreements.values())
    for place, agreement in enumerate(agreements):
        shares = terms.agreements.shares_of(agreement.agreement_id)
        if agreement.rule in _WEIGHED and not any(share.weight for share in shares):
            yield _agreement(
                agreement,
                "rule",
                "needs at least one share with a weight above 0",
                code="no-weights",
            )
        by_units = agreement.mode is not SettlementMode.SPECIAL_ARRANGEMENT
        if by_units and all(share.charge is None for share in shares):
            yield _agreement(
                agreement, "mode", "needs at least one share with a charge", code="no-charges"
            )
        for other in agreements[:place]:
            both = _named(agreement) & _named(other)
            if both and agreement.validity.overlaps(other.validity):
                yield _agreement(
                    agreement,
                    "product_offering_ids",
                    f"{', '.join(sorted(both))} stand in {other.agreement_id} for the same days",
                    code="agreements-overlap",
                )


def _about_exchange_rates(terms: SettlementTerms) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], str] = {}
    for exchange_rate in terms.exchange_rates.values():
        key = (exchange_rate.base_currency, exchange_rate.quote_currency, exchange_rate.valid_from)
        first = seen.setdefault(key, exchange_rate.rate_id)
        if first != exchange_rate.rate_id:
            message = f"{first} has a rate of the same currencies from the same day; remove one"
            place = Place(table="exchange_rates", record=exchange_rate.rate_id, field="valid_from")
            yield Finding(code="rate-twice", place=place, message=message)


def _unknown_operators(terms: SettlementTerms, network: Network) -> Iterator[Finding]:
    for share in terms.agreed_shares.values():
        if share.operator_id not in network.operators:
            near = did_you_mean(share.operator_id, network.operators)
            message = f"{share.operator_id} is no operator{near}"
            yield _share(share, "operator_id", message, code="unknown-operator")
    for operator_id in terms.owner_books:
        if operator_id not in network.operators:
            near = did_you_mean(operator_id, network.operators)
            place = Place(table="owner_books", record=operator_id, field="operator_id")
            message = f"{operator_id} is no operator{near}"
            yield Finding(code="unknown-operator", place=place, message=message)


def _named(agreement: SettlementAgreement) -> frozenset[str]:
    return frozenset(agreement.product_offering_ids) or frozenset({"all products"})


def _share(share: AgreedShare, field_name: str, message: str, *, code: str) -> Finding:
    place = Place(table="agreed_shares", record=share.share_id, field=field_name)
    return Finding(code=code, place=place, message=message)


def _agreement(
    agreement: SettlementAgreement, field_name: str, message: str, *, code: str
) -> Finding:
    place = Place(table="settlement_agreements", record=agreement.agreement_id, field=field_name)
    return Finding(code=code, place=place, message=message)
