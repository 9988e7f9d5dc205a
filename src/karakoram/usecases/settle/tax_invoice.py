"""Which taxes are asked with an invoice?"""

from collections.abc import Sequence
from datetime import date

from karakoram.core.identifiers import OperatorId, ProductId
from karakoram.sales.parties import Party
from karakoram.settlement.invoices import InvoiceTax
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.rating.taxes import TaxTreatment, invoice_taxes
from karakoram.settlement.taxed_products import tax_treatment
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader
from karakoram.usecases.settle.offered_products import offerings_billed
from karakoram.usecases.settle.settling import Settling


def taxes_of(
    tx: SalesReader,
    lines: Sequence[RatedCharge],
    *,
    seller_id: OperatorId,
    on_day: date,
    settling: Settling,
) -> tuple[InvoiceTax, ...]:
    """The taxes on the lines of one invoice; those on nothing are left out, those of 0 % are told.

    Parameters
    ----------
    tx
        What is stored.
    lines
        Of one currency.
    seller_id
        Whose jurisdiction it is.
    on_day
        Day of the invoice.
    settling
        The parts of the outside.

    Raises
    ------
    InvalidDataError
        If a product has no kind of service in the terms, or a tax is not known; every finding.
    """
    payer = known_record(tx, Party, lines[0].payer_id)
    treatments = _treatments(tx, lines, payer=payer, seller_id=seller_id, settling=settling)
    taxes = invoice_taxes(lines, treatments=treatments, levies=settling.levies, on_day=on_day)
    return tuple(
        InvoiceTax(
            tax_id=tax.levy_id,
            name=tax.name,
            base=tax.base,
            percent=f"{tax.percent:f}",
            amount=tax.amount,
            confidence=tax.confidence,
            source=tax.source,
        )
        for tax in taxes
        if tax.base.minor
    )


def _treatments(
    tx: SalesReader,
    lines: Sequence[RatedCharge],
    *,
    payer: Party,
    seller_id: OperatorId,
    settling: Settling,
) -> dict[ProductId, TaxTreatment]:
    book = settling.terms.book_of(seller_id)
    found: dict[ProductId, TaxTreatment] = {}
    billed = offerings_billed(tx, lines, zone_of=settling.zone_of)
    for product_id, offering_id in billed.items():
        offering = settling.catalogue.offering(offering_id)
        taxed = settling.terms.taxed_products.get(offering.product_specification_id)
        if taxed is not None:
            found[product_id] = tax_treatment(payer, book, taxed.service)
    return found
