"""How does a quote become a paper for the buyer, or one for ourselves?"""

from dataclasses import dataclass

from karakoram.core.findings import Finding
from karakoram.core.identifiers import QuoteId
from karakoram.network.network import Network
from karakoram.sales.parties import Party
from karakoram.sales.quotes import Quote
from karakoram.usecases.ports import NetworkSource, PaperPrinter
from karakoram.usecases.sell.sales_action import buyer_of, known_record
from karakoram.usecases.sell.sales_ports import SalesStore


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class QuotePaper:
    """All that stands on the paper of a quote."""

    quote: Quote
    buyer: Party
    network: Network
    is_internal: bool
    """Whether it tells what each operator earns, and all that the offers rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedQuote:
    """A quote whose paper is written."""

    quote: Quote
    warnings: tuple[Finding, ...] = ()
    """What a reader of the paper would miss, such as letters that no font has."""


def print_quote(
    quote_id: QuoteId,
    *,
    is_internal: bool,
    store: SalesStore,
    networks: NetworkSource,
    printer: PaperPrinter[QuotePaper],
) -> PrintedQuote:
    """The quote, its paper written, and what is short on the paper.

    Raises
    ------
    NotFoundError
        If there is no such quote.
    RefusedError, OSError
        If the paper cannot be made.
    """
    printer.check()
    quote, buyer = store.read(
        lambda tx: (
            found := known_record(tx, Quote, quote_id),
            buyer_of(tx, found.buyer_id),
        )
    )
    network = networks.read_network()
    warnings = printer.write_paper(
        QuotePaper(quote=quote, buyer=buyer, network=network, is_internal=is_internal)
    )
    return PrintedQuote(quote=quote, warnings=warnings)
