"""A small seller: a triangle of three operators with a catalogue, an inventory and buyers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.core.identifiers import ExternalId
from karakoram.planning.prepare import prepare
from karakoram.refdata.packaged import packaged_folder
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.planners import planners
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import QuoteLevel
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.selling import Selling
from tests.support.memory_store import CountingIds, MemoryStore
from tests.support.planning_networks import fibre, network_of
from tests.support.sales_stock import joining, pool

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
PORT, NUMBER = ResourceKind.PORT, ResourceKind.NUMBER
CARRIER = Party(
    party_id="CT",
    name="A carrier",
    role=PartyRole.BUYER,
    kind=CustomerKind.OPERATOR,
    segment=MarketSegment.WHOLESALE,
    country="CN",
    currency="USD",
)
PERSON = replace(
    CARRIER,
    party_id="P1",
    name="A person",
    kind=CustomerKind.PERSON,
    segment=MarketSegment.PRIVATE_URBAN,
    country="PK",
    currency="PKR",
)


def deed(at=START, why=""):
    return Deed(who="desk", why=why, at=at)


def region_of(network, region):
    """The network with every site in a region, so that offers for the region hold."""
    sites = {key: replace(site, region=region) for key, site in network.sites.items()}
    return replace(network, sites=sites)


def triangle():
    spans = (
        fibre("A", "Z", 100.0, operator="OP1"),
        fibre("A", "B", 100.0, operator="OP2"),
        fibre("B", "Z", 100.0, operator="OP3"),
    )
    return region_of(network_of(*spans, meetings=(("B", "OP2", "OP3"),)), "Gilgit-Baltistan")


@cache
def _prepared():
    """Frozen, so that every seller may have the same."""
    return prepare(triangle())


@cache
def catalogue():
    """That of the corridor, read once; nothing can change it."""
    return CatalogueFolder(packaged_folder("catalogue")).read_catalogue()


def seller(store=None, *, ids=None, ports=4):
    """Everything that use cases need; the store is filled with the inventory and two buyers."""
    prepared = _prepared()
    store = store or MemoryStore()
    selling = Selling(
        store=store,
        ids=ids or CountingIds(),
        catalogue=catalogue(),
        network=prepared.network,
        planners=planners(prepared),
    )
    fill(selling, prepared, ports=ports)
    return selling


def fill(selling, prepared, *, ports):
    plant = plant_resources(prepared)
    more = [
        *(pool(PORT, site, ports) for site in "ABZ"),
        pool(NUMBER, "A", 3),
        pool(ResourceKind.IP, "A", 1000),
        joining("E1", "A", "Z"),
        joining("ODU4", "A", "Z"),
    ]

    def write(tx):
        tx.add_resources([*plant.unclaimed, *more])
        tx.add_claims(plant.claims)

    selling.store.write(write)
    for party in (CARRIER, PERSON):
        register_party(party, deed=deed(), store=selling.store, ids=selling.ids)


def wave(protection="none", bit_rate="100"):
    values = {"a_site": "A", "z_site": "Z", "term_months": "36"}
    suffix = "-1P1" if protection == "1+1" else ""
    return Wish(
        product_offering_id=f"WAVE-{bit_rate}G{suffix}", configuration=configuration(values)
    )


def glass():
    """A pair of dark fibres from A to Z, on the glass of OP1."""
    values = {"a_site": "A", "z_site": "Z", "fibre_pairs": "1"}
    return Wish(product_offering_id="FIBRE-LEASE", configuration=configuration(values))


def line():
    return Wish(product_offering_id="PSTN-LINE", configuration=configuration({"a_site": "A"}))


def channels(count="2"):
    values = {"a_site": "A", "z_site": "Z", "timeslots": count}
    return Wish(product_offering_id="DXX-N64", configuration=configuration(values))


def quoted(selling, wish, external_id, *, buyer="CT", level=QuoteLevel.FIRM, at=START, **more):
    return issue_quote(
        QuoteWish(wish=wish, level=level, **more),
        buyer_id=buyer,
        external_id=ExternalId(external_id),
        deed=deed(at),
        selling=selling,
    )


def ordered(selling, quote, external_id, *, label="", at=START):
    return place_order(
        quote.quote_id,
        label,
        buyer_id=quote.buyer_id,
        external_id=ExternalId(external_id),
        deed=deed(at),
        selling=selling,
    )


def later(days):
    return START + timedelta(days=days)


def faults(store):
    """Everything that must never be: units taken twice or by nobody, orphans."""
    tables = store.tables
    taken = dict.fromkeys(tables.resources, 0)
    found = []
    for claim in tables.claims.values():
        if claim.resource_id not in taken:
            found.append(f"claim on nothing: {claim}")
            continue
        if taken[claim.resource_id] & claim.units:
            found.append(f"claimed twice: {claim}")
        taken[claim.resource_id] |= claim.units
    found += [
        f"{key} has {bin(each.taken)} taken, claims say {bin(taken[key])}"
        for key, each in tables.resources.items()
        if each.taken != taken[key]
    ]
    return found
