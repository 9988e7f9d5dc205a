"""May this customer have this offering at this place on this day, and if not, why not?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from karakoram.core.identifiers import SiteId
from karakoram.sales.catalogue.identifiers import SponsorAccountId
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.words import Area, CustomerKind, MarketSegment, SponsorRule


class IneligibleCode(Enum):
    """Why an offering is not for a customer, a place or a day."""

    NOT_LAUNCHED = "not-launched"
    NOT_YET_SOLD = "not-yet-sold"
    NO_LONGER_SOLD = "no-longer-sold"
    CUSTOMER_KIND = "customer-kind"
    SEGMENT = "segment"
    REGION = "region"
    SITE = "site"
    NOT_SPONSORED = "not-sponsored"
    """The offering is for centres of a sponsor, and this customer is none of that sponsor's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ineligible:
    """One reason why not, and what would be right."""

    code: IneligibleCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleCustomer:
    """What eligibility needs to know of a customer, and nothing else."""

    kind: CustomerKind
    sponsor_account_id: SponsorAccountId | None = None
    """Who sponsors the customer, if anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlace:
    """Where a service would be: a site of the network with what surrounds it.

    A service with two ends is asked for once at each of them.
    """

    site_id: SiteId
    region: str
    area: Area


def segment_of(kind: CustomerKind, area: Area) -> MarketSegment:
    """The market segment of a kind of customer in an area.

    >>> segment_of(CustomerKind.CENTRE, Area.RURAL).value
    'public_rural'
    """
    if kind is CustomerKind.OPERATOR:
        return MarketSegment.WHOLESALE
    is_public = kind in {CustomerKind.PUBLIC_BODY, CustomerKind.CENTRE}
    if area is Area.URBAN:
        return MarketSegment.PUBLIC_URBAN if is_public else MarketSegment.PRIVATE_URBAN
    return MarketSegment.PUBLIC_RURAL if is_public else MarketSegment.PRIVATE_RURAL


def eligible(
    offering: ProductOffering,
    customer: EligibleCustomer,
    place: ServicePlace,
    *,
    on_date: date,
) -> tuple[Ineligible, ...]:
    """Every reason why the customer cannot have the offering; empty when nothing forbids it.

    Parameters
    ----------
    offering
        What is asked for.
    customer
        Who asks.
    place
        Where; of a service with two ends, one of them.
    on_date
        The day of the order.
    """
    return (
        *_by_day(offering, on_date),
        *_by_customer(offering, customer, place.area),
        *_by_place(offering, place),
    )


def _by_day(offering: ProductOffering, day: date) -> Iterator[Ineligible]:
    if offering.lifecycle_status is not LifecycleStatus.LAUNCHED:
        yield Ineligible(
            code=IneligibleCode.NOT_LAUNCHED,
            message=f"{offering.name} is {offering.lifecycle_status.value!r}; only what is "
            "'Launched' can be ordered",
        )
    if offering.valid_from is not None and day < offering.valid_from:
        yield Ineligible(
            code=IneligibleCode.NOT_YET_SOLD,
            message=f"{offering.name} is sold from {offering.valid_from}, not on {day}",
        )
    if offering.valid_to is not None and day >= offering.valid_to:
        yield Ineligible(
            code=IneligibleCode.NO_LONGER_SOLD,
            message=f"{offering.name} was sold until {offering.valid_to}, not on {day}",
        )


def _by_customer(
    offering: ProductOffering, customer: EligibleCustomer, area: Area
) -> Iterator[Ineligible]:
    kinds = offering.customer_kinds
    if kinds and customer.kind not in kinds:
        yield Ineligible(
            code=IneligibleCode.CUSTOMER_KIND,
            message=f"{offering.name} is for {_words(kinds)}, not for {customer.kind.value}",
        )
    segment = segment_of(customer.kind, area)
    if segment not in offering.segments:
        yield Ineligible(
            code=IneligibleCode.SEGMENT,
            message=f"{offering.name} is for {_words(offering.segments)}, not for {segment.value}",
        )
    is_sponsored = offering.sponsor_rule is SponsorRule.SPONSOR_PAYS
    if is_sponsored and customer.sponsor_account_id != offering.sponsor_account_id:
        yield Ineligible(
            code=IneligibleCode.NOT_SPONSORED,
            message=f"{offering.name} is charged to {offering.sponsor_account_id}; the customer "
            "must be one of the centres of that sponsor",
        )


def _by_place(offering: ProductOffering, place: ServicePlace) -> Iterator[Ineligible]:
    if offering.regions and place.region not in offering.regions:
        yield Ineligible(
            code=IneligibleCode.REGION,
            message=f"{offering.name} is sold in {', '.join(offering.regions)}, not in "
            f"{place.region}",
        )
    if offering.site_ids and place.site_id not in offering.site_ids:
        yield Ineligible(
            code=IneligibleCode.SITE,
            message=f"{offering.name} is sold at {', '.join(offering.site_ids)}, not at "
            f"{place.site_id}",
        )


def _words(members: tuple[Enum, ...]) -> str:
    return ", ".join(str(member.value) for member in members)
