"""How is a paper of settlement set as PDF? The only date in the file is that of its record."""

from karakoram.adapters.formats.settlement_paper import data_of_paper, made_at
from karakoram.adapters.formats.typesetting import PaperForm
from karakoram.usecases.settle.print_bill import SettlementPaper

SETTLEMENT: PaperForm[SettlementPaper] = PaperForm(
    template="settlement.typ", data=data_of_paper, made_at=made_at
)
