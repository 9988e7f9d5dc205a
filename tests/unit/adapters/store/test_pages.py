"""Every store gives a page of records and resources as the store in memory does, and counts."""

from dataclasses import replace

from karakoram.sales.parties import Party
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.settlement.invoices import Invoice, InvoiceState
from tests.support.memory_store import MemoryStore
from tests.support.sales_records import rack
from tests.support.settlement import invoice, line

KINDS = (ResourceKind.RACK,)


def answers(store):
    bills = [
        invoice(
            replace(line("a", 100), payer_id=payer),
            number=f"SCO-{number}",
            payer_id=payer,
            state=state,
        )
        for number, (payer, state) in enumerate(
            [("CT", InvoiceState.SENT), ("P1", InvoiceState.SENT), ("CT", InvoiceState.SETTLED)]
        )
    ]
    racks = [
        replace(rack(), resource_id=f"rack {number}", name=f"rack {number}", operator_id=operator)
        for number, operator in enumerate(("SCO", "OP1", "SCO"))
    ]

    def write(tx):
        for each in bills:
            tx.add(each)
        tx.add_resources(racks)

    store.write(write)
    return store.read(
        lambda tx: (
            tx.find_all(Invoice, states=("sent",), offset=1, limit=1),
            tx.count(Invoice, states=("sent",)),
            tx.count(Invoice, buyer_id="CT", states=("settled", "sent")),
            tx.count(Invoice, states=("none",)),
            tx.count(Party),
            tx.resources(KINDS, operator_id="SCO", offset=1, limit=1),
            tx.resources(limit=2),
            tx.count_resources(KINDS, operator_id="SCO"),
            tx.count_resources((ResourceKind.FIBRE,)),
            tx.count_resources(),
        )
    )


def test_a_page_is_the_same_in_every_store(lasting_store):
    told = answers(lasting_store)
    assert told == answers(MemoryStore())
    assert [told[1], told[2], told[3], told[7], told[9]] == [2, 2, 0, 2, 3]
