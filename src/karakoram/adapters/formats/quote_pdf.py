"""How is the paper of a quote set as PDF? The only date on it is the quote's."""

from karakoram.adapters.formats.quote_paper import data_of_paper
from karakoram.adapters.formats.typesetting import PaperForm
from karakoram.usecases.sell.print_quote import QuotePaper

QUOTE: PaperForm[QuotePaper] = PaperForm(
    template="quote.typ", data=data_of_paper, made_at=lambda paper: paper.quote.made_at
)
