"""Groom a bundle of E1 and 64 kbit/s lines from Gilgit to Karachi, then empty a section under it.

``make demo-dxx`` runs it: the operators open one more STM-1, each in an ODU0, between Gilgit and
Rawalpindi and between Rawalpindi and Karachi; 63 E1 and 30 lines of 64 kbit/s are groomed over what
there is, all or none; maps and fill are printed; then the first STM-1 between Gilgit and Rawalpindi
is emptied, make before break, while everything else stays; and at last all is given back.
"""

import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from rich.console import Console

from karakoram import bootstrap
from karakoram.core.identifiers import ExternalId, PartyId, ResourceId, SiteId
from karakoram.interfaces.cli.multiplex_screen import (
    show_containers,
    show_fill,
    show_map,
    show_opened,
    show_regroomed,
    show_step,
)
from karakoram.interfaces.cli.sales_screen import show_reasons, show_trace
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.change_log import Deed
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.orders import OrderState, ProductOrder
from karakoram.sales.parties import Party, PartyRole
from karakoram.usecases.multiplex.open_containers import close_container, open_containers
from karakoram.usecases.multiplex.open_tributaries import (
    TributariesAsked,
    TributariesOfRow,
    open_tributaries,
)
from karakoram.usecases.multiplex.regroom_container import regroom_container
from karakoram.usecases.multiplex.show_multiplex import cross_connect_map, multiplex_fill
from karakoram.usecases.operate.trace_path import trace_product
from karakoram.usecases.sell.advance_leg import complete_order
from karakoram.usecases.sell.end_product import cease_product
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.store.fill_store import fill_store

FIRST = Party(
    party_id=PartyId("CT"),
    name="A Chinese operator",
    role=PartyRole.BUYER,
    kind=CustomerKind.OPERATOR,
    segment=MarketSegment.WHOLESALE,
    country="CN",
    currency="USD",
)
OPERATOR = replace(
    FIRST, party_id=PartyId("SCO"), name="The operator", role=PartyRole.OPERATOR, country="PK"
)
WIDTH = 160
"""Characters; a map has six columns."""
SITES = ("GIL", "RWP", "KHI")
SECTION = ResourceId("stm:GIL-RWP:STM-1/TU-12:1")
SERVERS = (
    TributariesOfRow(row=1, signal="STM-1/TU-12", a_site="GIL", z_site="RWP"),
    TributariesOfRow(row=2, signal="STM-1/TU-12", a_site="RWP", z_site="KHI"),
)
BUNDLE = (
    TributariesOfRow(row=1, signal="E1", a_site="GIL", z_site="KHI", count=63),
    TributariesOfRow(row=2, signal="1x64k", a_site="GIL", z_site="KHI", count=30),
)


class Desk:
    """Who acts, a minute later each time."""

    def __init__(self, selling: Selling, console: Console) -> None:
        self.selling = selling
        self.console = console
        """Where all is told, maps included."""
        self._now = bootstrap.moments().now()

    def deed(self, who: str, why: str) -> Deed:
        """The next action."""
        self._now += timedelta(minutes=1)
        return Deed(who=who, why=why, at=self._now)

    def say(self, title: str) -> None:
        """A heading."""
        self.console.print(f"\n=== {title}", style="bold", highlight=False)
        screen().print(f"\n{title}", style="bold")

    def sum_up(self, *lines: str) -> None:
        """What came of it, in short."""
        show_lines(screen(), *lines)


def groom(path: Path, console: Console) -> None:
    """The whole story, on a new store at ``path``."""
    store = bootstrap.new_sales_store(str(path))
    network = bootstrap.network_source().read_network()
    fill_store(bootstrap.inventory_source().read_inventory(prepare(network)), store=store)
    desk = Desk(bootstrap.opening_lines(str(path)), console)
    for party in (FIRST, OPERATOR):
        deed = desk.deed("sales desk", "contract signed")
        register_party(party, deed=deed, store=store, ids=desk.selling.ids)
    before = _taken(desk)
    servers = _open_servers(desk)
    orders = _open_bundle(desk, FIRST)
    _show_all(desk)
    _regroom(desk)
    desk.say("The way of the first E1 now")
    show_trace(console, trace_product(orders[0].product_id, store=store))
    _show_all(desk)
    _give_back(desk, orders, servers)
    assert _taken(desk) == before, "something was not given back"
    desk.sum_up("every slot and every port is as it was before")


def _taken(desk: Desk) -> dict[ResourceId, int]:
    resources = desk.selling.store.read(lambda tx: tx.resources())
    return {each.resource_id: each.taken for each in resources}


def _open_servers(desk: Desk) -> tuple[Resource, ...]:
    desk.say("One more STM-1 on each section, each in an ODU0 of its ODU4")
    opened = open_containers(
        TributariesAsked(rows=SERVERS),
        asker_id=OPERATOR.party_id,
        external_id=ExternalId("WORK-1"),
        deed=desk.deed("network planning", "63 E1 are wished for, and 61 TU-12 are free"),
        store=desk.selling.store,
        ids=desk.selling.ids,
    )
    assert not isinstance(opened, NotFeasible), opened
    show_containers(desk.console, opened, what="opened")
    desk.sum_up(*(f"{each.name}, {each.model}, {each.unit_count} slots" for each in opened))
    return opened


def _open_bundle(desk: Desk, buyer: Party) -> tuple[ProductOrder, ...]:
    desk.say("63 E1 and 30 lines of 64 kbit/s, all of them or none")
    orders = open_tributaries(
        TributariesAsked(rows=BUNDLE, is_connected=True),
        buyer_id=buyer.party_id,
        external_id=ExternalId("PO-1"),
        deed=desk.deed("sales desk", "purchase order received"),
        selling=desk.selling,
    )
    if isinstance(orders, NotFeasible):
        show_reasons(desk.console, orders.reasons)
        raise AssertionError("the bundle has no way")
    show_opened(desk.console, orders)
    done = sum(order.state is OrderState.COMPLETED for order in orders)
    desk.sum_up(f"{len(orders)} lines, each a product with an order; {done} in service")
    return orders


def _show_all(desk: Desk) -> None:
    store = desk.selling.store
    for site in SITES:
        rows = cross_connect_map(SiteId(site), store=store)
        show_map(desk.console, rows, site=site)
        desk.sum_up(f"cross-connects at {site}: {len(rows)}")
    ends = {SiteId(site) for site in ("GIL", "MZD", "RWP", "KHI")}
    fill = (
        row
        for row in multiplex_fill("E1", store=store)
        if {row.container.a_site_id, row.container.z_site_id} <= ends
    )
    show_fill(desk.console, tuple(fill), client="E1")


def _regroom(desk: Desk) -> None:
    desk.say(f"{SECTION} is emptied, make before break; all others stay")
    found = regroom_container(
        SECTION,
        external_id=ExternalId("WORK-2"),
        deed=desk.deed("network operations", "the card is exchanged"),
        store=desk.selling.store,
        ids=desk.selling.ids,
        told=lambda step, move: show_step(desk.console, step, move),
    )
    if isinstance(found, NotFeasible):
        show_reasons(desk.console, found.reasons)
        raise AssertionError("the section cannot be emptied")
    show_regroomed(desk.console, found, is_plan=False)
    assert not _taken(desk)[SECTION], "something still rides there"
    desk.sum_up("all that rode there goes another way now; nothing rides there any more")


def _give_back(desk: Desk, orders: tuple[ProductOrder, ...], servers: tuple[Resource, ...]) -> None:
    desk.say("Everything is ceased, and what was opened for it is closed")
    store, ids = desk.selling.store, desk.selling.ids
    for number, order in enumerate(orders, start=1):
        deed = desk.deed("sales desk", "notice given")
        ceased = cease_product(
            order.product_id,
            buyer_id=order.buyer_id,
            external_id=ExternalId(f"END-{number}"),
            deed=deed,
            store=store,
            ids=ids,
        )
        store.write(partial(complete_order, order=ceased, deed=deed, ids=ids))
    riders = regroom_container(
        servers[0].resource_id,
        external_id=ExternalId("WORK-3"),
        deed=desk.deed("network operations", "the first STM-1 is back"),
        store=store,
        ids=ids,
    )
    assert not isinstance(riders, NotFeasible), riders
    for server in servers:
        deed = desk.deed("network planning", "no longer needed")
        close_container(server.resource_id, deed=deed, store=store, ids=ids)


def main() -> int:
    """Run the story on a fresh store."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "out/demo-dxx.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    whole = path.with_suffix(".txt")
    with whole.open("w", encoding="utf-8") as file:
        groom(path, Console(file=file, highlight=False, width=WIDTH))
    print(f"\nEvery map, line and step is in {whole}.")
    print(f"The store is {path}. Look into it:  karakoram dxx fill --store {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
