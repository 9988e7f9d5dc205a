"""A quote is printed: the printer is asked first whether it can, and gets all that it needs."""

from dataclasses import dataclass, field

import pytest

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.usecases.sell.print_quote import PrintedQuote, QuotePaper, print_quote
from tests.support.ports import GivenNetwork
from tests.support.selling import CARRIER, quoted, seller, wave

SHORT = Finding(code="letters-lacking", place=Place(table="paper"), message="a box")


@dataclass
class KeptPaper:
    """A printer that keeps what it was given, or cannot print."""

    is_broken: bool = False
    papers: list[QuotePaper] = field(default_factory=list)

    def check(self) -> None:
        if self.is_broken:
            raise RefusedError("out of ink")

    def write_paper(self, paper: QuotePaper) -> tuple[Finding, ...]:
        self.papers.append(paper)
        return (SHORT,)


def test_a_quote_is_printed_with_its_buyer_and_its_network():
    selling, printer = seller(), KeptPaper()
    quote = quoted(selling, wave(), "q")
    parts = {"store": selling.store, "networks": GivenNetwork(selling.network)}
    printed = print_quote(quote.quote_id, is_internal=True, printer=printer, **parts)
    assert printed == PrintedQuote(quote=quote, warnings=(SHORT,))
    (paper,) = printer.papers
    assert (paper.quote, paper.buyer, paper.is_internal) == (quote, CARRIER, True)
    assert paper.network is selling.network
    with pytest.raises(NotFoundError):
        print_quote("nowhere", is_internal=False, printer=printer, **parts)
    with pytest.raises(RefusedError, match="out of ink"):
        print_quote("nowhere", is_internal=False, printer=KeptPaper(is_broken=True), **parts)
    assert len(printer.papers) == 1
