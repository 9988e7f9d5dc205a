"""A wish for every offering that can be ordered, and a buyer that may have it."""

from karakoram.core.identifiers import ExternalId
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.value_words import choices_by_name
from karakoram.sales.catalogue.words import (
    CustomerKind,
    MarketSegment,
    SponsorRule,
    ValueType,
)
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import LegEvent
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.usecases.sell.advance_leg import advance_leg
from karakoram.usecases.sell.end_product import cease_product
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.register_party import register_party
from tests.support.selling import deed

ENDS = {
    "PEACE-CAPACITY-1P1": ("KHI", "MRS"),  # one cable alone leads on from Cybernet's station
    "IPLC-ETHERNET-1P1": ("GIL", "RWP"),  # one way alone leads to the border
    "PEACE-CAPACITY": ("CLS-CYB", "MRS"),
    "PEACE-BACKHAUL": ("RWP", "CLS-CYB"),
    "IPLC-ETHERNET": ("KJB", "GIL"),
    "LDI-PARTNER-SIP": ("RWP", "KHI"),
    "LDI": ("GIL", "MZD"),
    "BACKHAUL-E1": ("GIL", "MZD"),
}
"""Where a line is asked for, by the beginning of its offering; else Gilgit to Rawalpindi."""
CHOSEN = {"fibre_pairs": "1", "number_count": "10", "rack_units": "4", "lanes": "4"}


def offerings(catalogue):
    """Everything that can be ordered."""
    return [
        each
        for each in catalogue.product_offerings.values()
        if each.lifecycle_status is LifecycleStatus.LAUNCHED
    ]


def buyer_for(offering):
    """A party that the offering is for."""
    segment = max(offering.segments, key=lambda each: each.value)
    kind = _kind(offering, segment)
    sponsor = offering.sponsor_account_id
    is_sponsored = offering.sponsor_rule is SponsorRule.SPONSOR_PAYS
    return Party(
        party_id=f"{kind.value}:{segment.value}:{sponsor or ''}",
        name="A buyer",
        role=PartyRole.BUYER,
        kind=kind,
        segment=segment,
        country="PK",
        currency="PKR",
        sponsor_id=sponsor if is_sponsored else None,
    )


def sponsor_of(party):
    """The account that pays for a centre."""
    return Party(
        party_id=party.sponsor_id,
        name="A sponsor",
        role=PartyRole.SPONSOR,
        kind=CustomerKind.PUBLIC_BODY,
        segment=MarketSegment.PUBLIC_URBAN,
        country="PK",
        currency="PKR",
    )


def wish_for(offering, catalogue):
    """The offering with a value for everything that has no default."""
    named = catalogue.characteristics_of(catalogue.specification(offering))
    allowed = choices_by_name(offering.value_uses)
    ends = next(
        (e for word, e in ENDS.items() if offering.product_offering_id.startswith(word)), None
    )
    a_site, z_site = ends or (_site(offering), "RWP")
    values = {}
    for name, one in named.items():
        if one.value_type is ValueType.SITE:
            values[name] = a_site if name == "a_site" else z_site
        elif name in allowed:
            values[name] = allowed[name][0]
        elif not one.default:
            words = one.allowed_values or (CHOSEN.get(name) or str(one.at_least or 1),)
            values[name] = words[0]
    return Wish(
        product_offering_id=offering.product_offering_id, configuration=configuration(values)
    )


def live(selling, offering):
    """From wish to active to ceased; the product at its end."""
    party = buyer_for(offering)
    parts = {"store": selling.store, "ids": selling.ids}
    if party.sponsor_id is not None:
        register_party(sponsor_of(party), deed=deed(), **parts)
    register_party(party, deed=deed(), **parts)
    name = offering.product_offering_id
    quote = issue_quote(
        QuoteWish(wish=wish_for(offering, selling.catalogue)),
        buyer_id=party.party_id,
        external_id=ExternalId(f"q-{name}"),
        deed=deed(),
        selling=selling,
    )
    assert quote.offers, (name, quote.reasons)
    order = place_order(
        quote.quote_id,
        "",
        buyer_id=party.party_id,
        external_id=ExternalId(f"o-{name}"),
        deed=deed(),
        selling=selling,
    )
    complete(order, **parts)
    active = selling.store.read(lambda tx: tx.find(Product, order.product_id))
    assert active.state.value == "active", name
    assert active.payer_id == (party.sponsor_id or party.party_id)
    end = cease_product(
        order.product_id,
        buyer_id=party.party_id,
        external_id=ExternalId(f"c-{name}"),
        deed=deed(),
        **parts,
    )
    complete(end, **parts)
    return selling.store.read(lambda tx: tx.find(Product, order.product_id))


def complete(order, *, store, ids):
    """Every leg started and completed, in the order in which they may."""
    for leg in order.legs:
        for event in (LegEvent.START, LegEvent.COMPLETE):
            advance_leg(
                order.product_order_id, leg.leg.name, event, deed=deed(), store=store, ids=ids
            )


def _kind(offering, segment):
    wholesale = {CustomerKind.OPERATOR}
    public = {CustomerKind.PUBLIC_BODY, CustomerKind.CENTRE}
    fitting = {
        "wholesale": wholesale,
        "public": public,
        "private": set(CustomerKind) - wholesale - public,
    }[segment.value.partition("_")[0]]
    kinds = set(offering.customer_kinds or CustomerKind) & fitting
    return min(kinds, key=lambda kind: kind.value)


def _site(offering):
    if offering.site_ids:
        return offering.site_ids[0]
    return "RWP" if offering.operator_ids == ("ONE",) else "GIL"
