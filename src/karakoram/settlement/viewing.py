"""Who may see a bill, and which operators any record?

Who pays sees what it pays, who sold sees what it sold. What other owners earn by it stands on their
statements: a bill is not theirs to see.
"""

from karakoram.core.identifiers import OperatorId
from karakoram.sales.orders import ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.sales.viewing import Viewer, operators_in
from karakoram.settlement.invoices import CreditNote, Invoice

Bill = Invoice | CreditNote


def may_see_bill(bill: Bill, viewer: Viewer) -> bool:
    """Whether the viewer is the platform, whoever pays, or whoever sold."""
    if viewer.is_platform:
        return True
    if viewer.party_id is not None:
        return bill.payer_id == viewer.party_id
    return bill.seller_id == viewer.operator_id


def operators_concerned(record: object) -> frozenset[OperatorId]:
    """The operators that may see a record: of what is sold who has a part, of a bill who sends it.

    Empty for records that are not for operators to see.
    """
    match record:
        case Quote() | ProductOrder() | Product():
            return operators_in(record)
        case Invoice() | CreditNote():
            return frozenset({record.seller_id})
        case _:
            return frozenset()


def bill_id(bill: Bill) -> str:
    """The identifier of a bill; no invoice has that of a credit note."""
    return bill.invoice_id if isinstance(bill, Invoice) else bill.credit_note_id
