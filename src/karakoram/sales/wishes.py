"""Does a wish make sense, and may this buyer have it here today?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.identifiers import SiteId
from karakoram.network.lookup import site_id_from_word
from karakoram.network.network import Network
from karakoram.network.records import Site
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.configuration import (
    configuration_findings,
    full_values,
    resource_needs,
)
from karakoram.sales.catalogue.eligibility import (
    EligibleCustomer,
    Ineligible,
    ServicePlace,
    eligible,
)
from karakoram.sales.catalogue.identifiers import SponsorAccountId
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.words import Area, MarketSegment, ValueType
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.questions import FeasibilityQuestion
from karakoram.sales.parties import Party
from karakoram.sales.qualifications import Wish

RURAL = frozenset({MarketSegment.PUBLIC_RURAL, MarketSegment.PRIVATE_RURAL})


def feasibility_question(
    wish: Wish, buyer: Party, *, catalogue: Catalogue, network: Network, on_day: date
) -> FeasibilityQuestion:
    """The wish as a planner is asked it.

    The first operator that sells the offering and stands at the A end sells it; else the first.

    Parameters
    ----------
    wish
        Offering and values, in words.
    buyer
        Who asks.
    catalogue
        What is sold.
    network
        The network.
    on_day
        Day on which the offering must be sold.

    Raises
    ------
    NotFoundError
        If nothing in the catalogue is called so.
    InvalidDataError
        With everything that is wrong with the values.
    RefusedError
        With code ``not-eligible`` where the buyer may not have it.
    """
    offering = catalogue.offering(wish.product_offering_id)
    chosen = with_site_ids(wish, catalogue=catalogue, network=network).configuration.by_name
    findings = wish_findings(wish, catalogue=catalogue, network=network)
    if findings:
        raise InvalidDataError(findings)
    values = full_values(catalogue, offering, chosen)
    sites = [SiteId(values[name]) for name in ("a_site", "z_site") if name in values]
    refused = tuple(_refused(offering, buyer, sites, network=network, on_day=on_day))
    if refused:
        raise RefusedError(
            "; ".join(dict.fromkeys(each.message for each in refused)),
            code="not-eligible",
            where=offering.product_offering_id,
            alternatives=_others(catalogue, offering, buyer=buyer, where=(sites, network, on_day)),
        )
    return FeasibilityQuestion(
        offering=offering,
        configuration=configuration(values),
        check=catalogue.service(offering).feasibility,
        needs=resource_needs(catalogue, offering, values),
        seller_id=next(
            (
                each
                for each in offering.operator_ids
                if sites and each in network.sites[sites[0]].operator_ids
            ),
            offering.operator_ids[0],
        ),
        on_day=on_day,
    )


def with_site_ids(wish: Wish, *, catalogue: Catalogue, network: Network) -> Wish:
    """The wish with its sites by identifier, whether they were written so or by name.

    A word that means no site stays as it is; ``wish_findings`` tells it.

    Raises
    ------
    NotFoundError
        If nothing in the catalogue is called so.
    """
    offering = catalogue.offering(wish.product_offering_id)
    meant = {
        name: site.site_id
        for name, site in _sites(catalogue, offering, wish, network=network).items()
        if isinstance(site, Site)
    }
    changed = wish.configuration.changed(configuration(meant))
    return replace(wish, configuration=changed)


def wish_findings(wish: Wish, *, catalogue: Catalogue, network: Network) -> tuple[Finding, ...]:
    """Everything that is wrong with the values of a wish, whoever asks.

    Raises
    ------
    NotFoundError
        If nothing in the catalogue is called so.
    """
    offering = catalogue.offering(wish.product_offering_id)
    chosen = wish.configuration.by_name
    return (
        *errors_of(configuration_findings(catalogue, offering, chosen)),
        *_site_findings(catalogue, offering, wish, network=network),
    )


def _sites(
    catalogue: Catalogue, offering: ProductOffering, wish: Wish, *, network: Network
) -> Mapping[str, Site | NotFoundError]:
    """The sites that the values of a wish mean, or why a word means none, by name of the value."""
    chosen = wish.configuration.by_name
    named = catalogue.characteristics_of(catalogue.specification(offering))
    found: dict[str, Site | NotFoundError] = {}
    for name, one in named.items():
        if one.value_type is ValueType.SITE and name in chosen:
            try:
                found[name] = network.sites[site_id_from_word(network, chosen[name])]
            except NotFoundError as unknown:
                found[name] = unknown
    return found


def _site_findings(
    catalogue: Catalogue, offering: ProductOffering, wish: Wish, *, network: Network
) -> Iterable[Finding]:
    """Words that mean no site of the network, and two ends that are one."""
    sites = _sites(catalogue, offering, wish, network=network)
    for name, site in sites.items():
        if isinstance(site, NotFoundError):
            yield _finding("unknown-site", offering, name, str(site))
    ends = [site for site in sites.values() if isinstance(site, Site)]
    if len(ends) > 1 and len({each.site_id for each in ends}) == 1:
        yield _finding("same-ends", offering, "z_site", "must be another site than a_site")


def _finding(code: str, offering: ProductOffering, *words: str) -> Finding:
    name, message = words
    place = Place(table="configuration", record=offering.product_offering_id, field=name)
    return Finding(code=code, place=place, message=message)


def _refused(
    offering: ProductOffering,
    buyer: Party,
    sites: Iterable[SiteId],
    *,
    network: Network,
    on_day: date,
) -> Iterable[Ineligible]:
    """Why the buyer may not have it, at each end."""
    sponsor = None if buyer.sponsor_id is None else SponsorAccountId(buyer.sponsor_id)
    customer = EligibleCustomer(kind=buyer.kind, sponsor_account_id=sponsor)
    area = Area.RURAL if buyer.segment in RURAL else Area.URBAN
    for site in sites:
        place = ServicePlace(site_id=site, region=network.sites[site].region, area=area)
        yield from eligible(offering, customer, place, on_date=on_day)


def _others(
    catalogue: Catalogue,
    offering: ProductOffering,
    *,
    buyer: Party,
    where: tuple[list[SiteId], Network, date],
) -> tuple[str, ...]:
    """Offerings of the same product, or with the same check, that the buyer may have here."""
    sites, network, on_day = where
    check = catalogue.service(offering).feasibility
    found = (
        other.product_offering_id
        for other in catalogue.product_offerings.values()
        if catalogue.service(other).feasibility is check
        and not tuple(_refused(other, buyer, sites, network=network, on_day=on_day))
    )
    return tuple(found)[:3]
