"""How does a person read lists of parties, quotes, orders and products?"""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console

from karakoram.interfaces.cli.offer_texts import mrc_text
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.orders import OPEN_LEG_STATES, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote, QuoteOffer


def show_parties(console: Console, parties: Iterable[Party]) -> None:
    """Print a line for each party."""
    show_table(
        console,
        ("Party", "Name", "Role", "Kind", "Segment", "Currency", "Sponsor"),
        (
            (
                party.party_id,
                party.name,
                party.role.value,
                party.kind.value,
                party.segment.value,
                party.currency,
                party.sponsor_id or "-",
            )
            for party in parties
        ),
    )


def show_quotes(console: Console, quotes: Iterable[Quote]) -> None:
    """Print a line for each quote, with the least that it asks for a month."""
    show_table(
        console,
        ("Quote", "Called", "Buyer", "Offering", "Ends", "State", "Until", "#Monthly from"),
        (
            (
                quote.quote_id,
                quote.external_id,
                quote.buyer_id,
                quote.wish.product_offering_id,
                ends_text(quote.wish.configuration.by_name) or "-",
                quote.state.value,
                f"{quote.valid_until:%Y-%m-%d}",
                _least_text(quote.offers),
            )
            for quote in quotes
        ),
    )


def show_orders(console: Console, orders: Iterable[ProductOrder]) -> None:
    """Print a line for each order, with how many of its legs are open still."""
    show_table(
        console,
        ("Order", "Called", "Buyer", "Action", "Ends", "State", "Due", "#Legs open", "Product"),
        (
            (
                order.product_order_id,
                order.external_id,
                order.buyer_id,
                order.action.value,
                ends_text(order.configuration.by_name) or "-",
                order.state.value,
                max((f"{leg.due_on}" for leg in order.legs), default="-"),
                f"{sum(leg.state in OPEN_LEG_STATES for leg in order.legs)} of {len(order.legs)}",
                order.product_id,
            )
            for order in orders
        ),
    )


def show_products(console: Console, products: Iterable[Product]) -> None:
    """Print a line for each product."""
    show_table(
        console,
        ("Product", "Offering", "Ends", "Buyer", "Paid by", "State", "Since", "Until"),
        (
            (
                product.product_id,
                product.product_offering_id,
                ends_text(product.configuration.by_name) or "-",
                product.buyer_id,
                product.payer_id,
                product.state.value,
                f"{product.active_from:%Y-%m-%d}" if product.active_from else "-",
                f"{product.active_until:%Y-%m-%d}" if product.active_until else "-",
            )
            for product in products
        ),
    )


def ends_text(values: Mapping[str, str]) -> str:
    """The sites between which something is, or the one at which it is; empty without any.

    >>> ends_text({"a_site": "GIL", "z_site": "RWP", "term_months": "36"})
    'GIL-RWP'
    """
    return "-".join(filter(None, (values.get("a_site"), values.get("z_site"))))


def _least_text(offers: Sequence[QuoteOffer]) -> str:
    """The least that is asked a month, with how far it may be trusted."""
    return mrc_text(min(offers, key=lambda offer: offer.mrc.minor)) if offers else "-"
