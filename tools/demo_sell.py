"""Sell a wave over three operators, and refuse the one for which no slot is left.

``make demo-sell`` runs it: a Chinese operator's protected 400G wavelength from the Khunjerab Pass
to the landing station in Karachi is qualified, quoted, ordered, partly held, resumed and lit; what
rides on the Babusar span is told; then others buy until the last slot is gone.
"""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from karakoram import bootstrap
from karakoram.core.identifiers import ExternalId, PartyId, ResourceId
from karakoram.interfaces.cli.sales_lists_screen import show_products
from karakoram.interfaces.cli.sales_screen import (
    show_log,
    show_order,
    show_qualification,
    show_quote,
    show_riders,
)
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import LegEvent, LegState, ProductOrder
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import Quote
from karakoram.usecases.operate.trace_words import told_riders
from karakoram.usecases.sell.advance_leg import advance_leg
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.qualify_product import qualify_product
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.store.fill_store import fill_store

BABUSAR = ResourceId("fibre:BBS-NRN")
FIRST = Party(
    party_id=PartyId("CT"),
    name="A Chinese operator",
    role=PartyRole.BUYER,
    kind=CustomerKind.OPERATOR,
    segment=MarketSegment.WHOLESALE,
    country="CN",
    currency="USD",
)
SECOND = replace(FIRST, party_id=PartyId("OTHER"), name="Another operator")
WAVE = Wish(
    product_offering_id=ProductOfferingId("WAVE-400G-1P1"),
    configuration=configuration({"a_site": "KJB", "z_site": "CLS-CYB", "term_months": "36"}),
)
ORDERS_MAX = 100


class Desk:
    """Who acts, a minute later each time."""

    def __init__(self, selling: Selling, console: Console) -> None:
        self.selling = selling
        self.console = console
        self._now = bootstrap.moments().now()

    def deed(self, who: str, why: str) -> Deed:
        """The next action."""
        self._now += timedelta(minutes=1)
        return Deed(who=who, why=why, at=self._now)

    def say(self, title: str) -> None:
        """A heading."""
        self.console.print(f"\n=== {title}", style="bold", highlight=False)

    def quote(self, buyer: Party, name: str) -> Quote:
        """A firm quote for the wave."""
        return issue_quote(
            QuoteWish(wish=WAVE),
            buyer_id=buyer.party_id,
            external_id=ExternalId(name),
            deed=self.deed("sales desk", "the buyer asked"),
            selling=self.selling,
        )

    def order(self, quote: Quote, name: str) -> ProductOrder:
        """The first offer, ordered."""
        return place_order(
            quote.quote_id,
            "",
            buyer_id=quote.buyer_id,
            external_id=ExternalId(name),
            deed=self.deed("sales desk", "purchase order received"),
            selling=self.selling,
        )

    def leg(self, order: ProductOrder, leg: str, event: LegEvent, *, why: str) -> ProductOrder:
        """What an operator says of its leg."""
        return advance_leg(
            order.product_order_id,
            leg,
            event,
            deed=self.deed(leg.split(maxsplit=1)[0], why),
            store=self.selling.store,
            ids=self.selling.ids,
        )


def sell(path: Path, console: Console) -> None:
    """The whole story, on a new store at ``path``."""
    store = bootstrap.new_sales_store(str(path))
    network = bootstrap.network_source().read_network()
    inventory = bootstrap.inventory_source().read_inventory(prepare(network))
    fill_store(inventory, store=store)
    desk = Desk(bootstrap.selling(str(path)), console)
    for party in (FIRST, SECOND):
        register_party(
            party,
            deed=desk.deed("sales desk", "contract signed"),
            store=store,
            ids=desk.selling.ids,
        )
    _sell_first(desk)
    _sell_out(desk)


def _sell_first(desk: Desk) -> None:
    """Qualified, quoted, ordered, partly held, resumed, active, traced."""
    console, selling = desk.console, desk.selling
    desk.say("Can it be had?")
    answer = qualify_product(
        WAVE,
        buyer_id=FIRST.party_id,
        external_id=ExternalId("POQ-1"),
        deed=desk.deed("sales desk", "the buyer asked"),
        selling=selling,
    )
    show_qualification(console, answer)
    desk.say("What does it cost? (with what each operator earns)")
    quote = desk.quote(FIRST, "RFQ-1")
    show_quote(console, quote, shares=True)
    desk.say("Ordered over three operators")
    order = desk.order(quote, "PO-1")
    show_order(console, order)
    held = next(leg.leg.name for leg in order.legs if leg.leg.operator_id == "ONE")
    desk.say(f"{held} is held, the others go on")
    order = desk.leg(order, held, LegEvent.HOLD, why="motorway closed by a flood")
    for leg in order.legs:
        if leg.state is LegState.ACKNOWLEDGED:
            order = desk.leg(order, leg.leg.name, LegEvent.START, why="crew on site")
            order = desk.leg(order, leg.leg.name, LegEvent.COMPLETE, why="light measured")
    show_order(console, order)
    desk.say(f"{held} is resumed, the rest completed")
    order = desk.leg(order, held, LegEvent.RESUME, why="motorway open again")
    order = desk.leg(order, held, LegEvent.COMPLETE, why="light measured")
    test = order.legs[-1].leg.name
    order = desk.leg(order, test, LegEvent.START, why="end-to-end test")
    order = desk.leg(order, test, LegEvent.COMPLETE, why="24 h without an error")
    show_order(console, order)
    store = selling.store
    show_products(console, store.read(lambda tx: tx.find_all(Product)))
    desk.say("Who did what, when and why")
    show_log(console, store.read(lambda tx: tx.log_of(order.product_order_id)))
    desk.say(f"What rides on the Babusar span ({BABUSAR})")
    show_riders(console, told_riders([BABUSAR], store=store))


def _sell_out(desk: Desk) -> None:
    """Others order until no slot is left; the next is refused with code, place, alternatives."""
    desk.say("Others order the same, until the last slot is gone")
    for number in range(1, ORDERS_MAX):
        quote = desk.quote(SECOND, f"RFQ-{number}")
        if not quote.offers:
            desk.console.print(f"  {number - 1} more were sold; the next is refused:")
            show_quote(desk.console, quote, shares=False)
            return
        desk.order(quote, f"PO-{number}")
    raise AssertionError("slots without end")


def main() -> int:
    """Run the story on a fresh store."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "out/demo-sell.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    sell(path, Console(highlight=False))
    print(f"\nThe store is {path}. Look into it:  karakoram service list --store {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
