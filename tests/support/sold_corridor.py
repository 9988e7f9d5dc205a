"""The reference corridor after years of selling: thousands of active services on one road.

A few services of each sort are sold by the use cases themselves; the others are copies of their
records, each with identifiers of its own and with the next free units of containers of its kind.
Where the containers are full, more are opened, over what carries them.
"""

from dataclasses import dataclass, fields, replace
from functools import cache

from karakoram import bootstrap
from karakoram.core.identifiers import ExternalId
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.carried import Carried, carried, signal_client
from karakoram.sales.feasibility.connection_ways import WayQuestion
from karakoram.sales.feasibility.planners import planners
from karakoram.sales.inventory.resources import Claim
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.inventory.units import first_free
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import Quote
from karakoram.sales.reservations import Holder, claims_of_plan
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.store.fill_store import fill_store
from tests.support.every_offering import complete
from tests.support.sales_stock import joining, pool
from tests.support.selling import deed

BUSY_FIBRE = "fibre:BBS-NRN"
"""A fibre on the road from Gilgit to Rawalpindi, on which every copied service rides."""
ENDS = {"a_site": "GIL", "z_site": "RWP"}
COPIES_AT_ONCE = 500
PORTS, WAVES = 5_000, 20
CARRIED_BY = {"E1": "STM-1/TU-12"}
CUSTOMER = Party(
    party_id="BUSY",
    name="A carrier with many lines",
    role=PartyRole.BUYER,
    kind=CustomerKind.OPERATOR,
    segment=MarketSegment.WHOLESALE,
    country="PK",
    currency="USD",
)


@dataclass(frozen=True, kw_only=True)
class Sort:
    """A sort of service, and its share of all."""

    offering: str
    share: float
    values: dict


SORTS = (
    Sort(offering="DXX-N64", share=0.8, values={"timeslots": "1"}),
    Sort(offering="DPLC-E1", share=0.19, values={}),
    Sort(offering="DPLC-ODU0", share=0.01, values={}),
)


@cache
def prepared_corridor():
    return prepare(bootstrap.network_source().read_network())


def corridor_seller(store, *, ids):
    """The corridor, its inventory in the store, with nothing sold."""
    prepared = prepared_corridor()
    fill_store(bootstrap.inventory_source().read_inventory(prepared), store=store)
    return Selling(
        store=store,
        ids=ids,
        catalogue=bootstrap.catalogue_store().read_catalogue(prepared.network),
        network=prepared.network,
        planners=planners(prepared),
    )


def sell_many(selling, count):
    """So many active services, nearly all of them on the busy fibre."""
    register_party(CUSTOMER, deed=deed(), store=selling.store, ids=selling.ids)
    copier = Copier(selling)
    waves = min(WAVES, count // 10)
    for number in range(waves):
        sold(selling, Sort(offering="WAVE-100G", share=0.0, values={"term_months": "36"}), number)
    for sort in SORTS:
        wanted = round((count - waves) * sort.share)
        if not wanted:
            continue
        model = sold(selling, sort, 0)
        for done in range(1, wanted, COPIES_AT_ONCE):
            copier.copy(model, min(COPIES_AT_ONCE, wanted - done))


def sold(selling, sort, number):
    """One service from the wish to the active product, by the use cases; its records."""
    name = f"{sort.offering} {number}"
    values = configuration({**ENDS, **sort.values})
    quote = issue_quote(
        QuoteWish(wish=Wish(product_offering_id=sort.offering, configuration=values)),
        buyer_id=CUSTOMER.party_id,
        external_id=ExternalId(f"quote {name}"),
        deed=deed(),
        selling=selling,
    )
    assert quote.offers, quote.reasons
    order = place_order(
        quote.quote_id,
        "",
        buyer_id=CUSTOMER.party_id,
        external_id=ExternalId(f"order {name}"),
        deed=deed(),
        selling=selling,
    )
    complete(order, store=selling.store, ids=selling.ids)

    def read(tx):
        return (
            tx.find(Quote, quote.quote_id),
            tx.find(ProductOrder, order.product_order_id),
            tx.find(Product, order.product_id),
        )

    return selling.store.read(read)


class Copier:
    """Writes copies of what was sold, on what is free."""

    def __init__(self, selling):
        self.selling = selling
        self.number = 0

    def copy(self, model, count):
        """So many copies of the records, in one transaction."""
        self.selling.store.write(lambda tx: self._write(tx, model, count))

    def _write(self, tx, model, count):
        quote, order, product = model
        stock = Room(tx, self.selling)
        told = [
            entry
            for record in model
            for entry in tx.log_of(getattr(record, fields(record)[0].name))
        ]
        for _ in range(count):
            self.number += 1
            names = self._names(quote, order, product)
            plan = replace(product.plan, claims=tuple(map(stock.next_claim, product.plan.claims)))
            for record in model:
                tx.add(self._copied(record, names, plan=plan))
            holder = Holder(claimant_id=names[product.product_id])
            stock.claims += claims_of_plan(plan, holder, new_id=self.selling.ids.new_id)
            for entry in told:
                tx.log(replace(entry, **self._told(entry, names)))
        tx.add_resources(stock.opened)
        tx.add_claims(stock.claims)

    def _names(self, quote, order, product):
        """The identifiers of a copy, by those that they stand for."""
        old = [
            quote.quote_id,
            *(offer.offer_id for offer in quote.offers),
            order.product_order_id,
            *(leg.leg_order_id for leg in order.legs),
            product.product_id,
        ]
        return {each: self.selling.ids.new_id() for each in old}

    def _copied(self, record, names, *, plan):
        match record:
            case Quote():
                offers = tuple(
                    replace(each, offer_id=names[each.offer_id], plan=plan)
                    for each in record.offers
                )
                return replace(
                    record,
                    quote_id=names[record.quote_id],
                    external_id=f"{record.external_id}.{self.number}",
                    offers=offers,
                    ordered_offer_id=names[record.ordered_offer_id],
                )
            case ProductOrder():
                legs = tuple(
                    replace(each, leg_order_id=names[each.leg_order_id]) for each in record.legs
                )
                return replace(
                    record,
                    product_order_id=names[record.product_order_id],
                    external_id=f"{record.external_id}.{self.number}",
                    product_id=names[record.product_id],
                    quote_id=names[record.quote_id],
                    offer_id=names[record.offer_id],
                    plan=plan,
                    legs=legs,
                )
            case Product():
                return replace(
                    record,
                    product_id=names[record.product_id],
                    product_order_id=names[record.product_order_id],
                    plan=plan,
                )

    def _told(self, entry, names):
        detail = entry.detail
        for old, new in names.items():
            detail = detail.replace(old, new)
        return {
            "entry_id": self.selling.ids.new_id(),
            "subject_id": names[entry.subject_id],
            "detail": detail,
        }


class Room:
    """What is free while copies are made; more is opened where it runs out."""

    def __init__(self, tx, selling):
        self.ids = selling.ids
        self.known = {each.resource_id: each for each in tx.resources()}
        self.opened, self.claims = [], []
        self.newest = {}

    def next_claim(self, claim):
        """The same number of units of a resource of the same kind."""
        wanted = claim.units.bit_count()
        resource = self.known[self.newest.get(claim.resource_id, claim.resource_id)]
        units = first_free(resource.free, wanted)
        if units is None:
            resource = self._another(resource)
            self.newest[claim.resource_id] = resource.resource_id
            units = first_free(resource.free, wanted)
        self._take(resource, units)
        return replace(claim, resource_id=resource.resource_id, units=units)

    def _take(self, resource, units):
        taken = replace(resource, taken=resource.taken | units)
        self.known[resource.resource_id] = taken

    def _another(self, full):
        """A resource like the one that is full, in service or opened anew over what carries it."""
        for each in self.known.values():
            if (each.kind, each.model, each.a_site_id, each.z_site_id) == (
                full.kind,
                full.model,
                full.a_site_id,
                full.z_site_id,
            ) and each.free_count:
                return each
        return self._opened(full)

    def _opened(self, full):
        resource_id = self.ids.new_id()
        if full.z_site_id is None:
            new = pool(
                full.kind,
                full.a_site_id,
                PORTS,
                resource_id=resource_id,
                model=full.model,
                operator_id=full.operator_id,
            )
        else:
            new = joining(
                full.model,
                full.a_site_id,
                full.z_site_id,
                resource_id=resource_id,
                operator_id=full.operator_id,
                length_km=full.length_km,
                latency_ms=full.latency_ms,
            )
            self._ride(new)
        self.opened.append(new)
        self.known[new.resource_id] = new
        return new

    def _ride(self, new):
        """Claim what the new container rides on; it is opened too where it is full."""
        found = self._carried(new)
        if not isinstance(found, Carried):
            below = CARRIED_BY[new.model]
            full = next(
                each
                for each in self.known.values()
                if each.model == below and {each.a_site_id, each.z_site_id} == set(ENDS.values())
            )
            self._opened(full)
            found = self._carried(new)
        for claim in found.claims:
            self._take(self.known[claim.resource_id], claim.units)
            self.claims.append(
                Claim(
                    claim_id=self.ids.new_id(),
                    resource_id=claim.resource_id,
                    units=claim.units,
                    claimant_id=new.resource_id,
                    hop=claim.hop,
                )
            )

    def _carried(self, new):
        return carried(
            signal_client(new.model.partition("/")[0]),
            WayQuestion(a_site_id=new.a_site_id, z_site_id=new.z_site_id),
            stock=stock_of(self.known.values()),
            beneath={},
            claimant_id=new.resource_id,
        )
