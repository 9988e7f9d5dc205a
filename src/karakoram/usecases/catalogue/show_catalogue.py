"""What is sold, by whom, to whom, where and on which day?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence, weakest
from karakoram.network.lookup import operator_id_from_word, site_id_from_word
from karakoram.network.network import Network
from karakoram.planning.price_book import price_book
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.value_words import choices_by_name
from karakoram.sales.catalogue.words import MarketSegment, PriceBasis
from karakoram.usecases.catalogue.catalogue_ports import CatalogueStore
from karakoram.usecases.ports import Clock, NetworkSource
from karakoram.usecases.words import choice_from_word, optional_reading, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingsQuestion:
    """Which offerings: words that narrow them; an empty word narrows nothing."""

    operator: str = ""
    """Who sells, by identifier or name."""
    segment: str = ""
    """For whom, e.g. ``private_rural``."""
    site: str = ""
    """Where, by identifier or name."""
    every: bool = False
    """Also what is not sold on the day: not yet launched, retired, out of its validity."""
    on_day: date | None = None
    """``None`` means today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingsAnswer:
    """The offerings that fit, in the order of the catalogue, and the day they are told for."""

    catalogue: Catalogue
    network: Network
    offerings: tuple[ProductOffering, ...]
    on_date: date

    def prices(self, offering: ProductOffering) -> tuple[ProductOfferingPrice, ...]:
        """The prices of an offering that hold on the day."""
        return tuple(
            price
            for price in self.catalogue.prices_of(offering.product_offering_id)
            if price.validity.holds_on(self.on_date)
        )

    def price_trusts(self, offering: ProductOffering) -> tuple[Confidence, ...]:
        """How far each price behind an offering may be trusted.

        That is each of its own, and where it is priced by the network each in the price book for
        its bit rates, whose ever: a way may lead over all of them.
        """
        own = tuple(price.provenance.confidence for price in self.prices(offering))
        if offering.price_basis is not PriceBasis.NETWORK:
            return own
        bit_rates = choices_by_name(offering.value_uses).get("bit_rate_gbps", ("0",))
        books = (
            price_book(self.network, bit_rate_gbps=float(bit_rate), on_day=self.on_date)
            for bit_rate in bit_rates
        )
        asked = {item.price_id: item for book in books for item in book.asked()}
        return (*own, *(item.provenance.confidence for item in asked.values()))


def network_price_trusts(
    catalogue: Catalogue, network: Network, *, on_day: date
) -> Mapping[ProductOfferingId, Confidence]:
    """How far the price of each offering that the network prices may be trusted on a day."""
    offerings = tuple(catalogue.product_offerings.values())
    answer = OfferingsAnswer(
        catalogue=catalogue, network=network, offerings=offerings, on_date=on_day
    )
    return {
        each.product_offering_id: weakest(answer.price_trusts(each))
        for each in offerings
        if each.price_basis is PriceBasis.NETWORK
    }


def list_offerings(
    question: OfferingsQuestion,
    *,
    catalogues: CatalogueStore,
    networks: NetworkSource,
    clock: Clock,
) -> OfferingsAnswer:
    """The offerings that fit the question; a word that means nothing is refused.

    Parameters
    ----------
    question
        In words.
    catalogues
        Where the catalogue is read.
    networks
        Where the network is read.
    clock
        Tells the day.

    Raises
    ------
    InvalidDataError
        If the catalogue or network breaks a rule, or a word means nothing.
    """
    network = networks.read_network()
    catalogue = catalogues.read_catalogue(network)
    operator = optional_reading(
        "operator", question.operator, partial(operator_id_from_word, network)
    )
    site = optional_reading("site", question.site, partial(site_id_from_word, network))
    segment = optional_reading(
        "segment", question.segment, lambda word: choice_from_word(word, MarketSegment)
    )
    refuse_unread((operator, site, segment))
    on_date = question.on_day or clock.today()
    offerings = tuple(
        offering
        for offering in catalogue.product_offerings.values()
        if (question.every or offering.is_sold_on(on_date))
        and (operator.read is None or operator.read in offering.operator_ids)
        and (segment.read is None or segment.read in offering.segments)
        and (site.read is None or _is_sold_at(offering, site.read, network=network))
    )
    return OfferingsAnswer(
        catalogue=catalogue, network=network, offerings=offerings, on_date=on_date
    )


def show_offering(
    word: str,
    *,
    on_day: date | None = None,
    catalogues: CatalogueStore,
    networks: NetworkSource,
    clock: Clock,
) -> OfferingsAnswer:
    """One offering, whether it is sold or not.

    Parameters
    ----------
    word
        Identifier of the offering, in any case of letters.
    on_day
        The day whose prices are told; ``None`` means today.
    catalogues, networks, clock
        Where the catalogue, the network and the day come from.

    Raises
    ------
    InvalidDataError
        If the catalogue or network breaks a rule, or there is no such offering.
    """
    network = networks.read_network()
    catalogue = catalogues.read_catalogue(network)
    offering = reading("offering", word, catalogue.offering)
    refuse_unread((offering,))
    return OfferingsAnswer(
        catalogue=catalogue,
        network=network,
        offerings=(offering.value,),
        on_date=on_day or clock.today(),
    )


def _is_sold_at(offering: ProductOffering, site_id: SiteId, *, network: Network) -> bool:
    """Whether an offering is sold at a site, by its identifier and region."""
    region = network.sites[site_id].region
    at_site = not offering.site_ids or site_id in offering.site_ids
    return at_site and (not offering.regions or region in offering.regions)
