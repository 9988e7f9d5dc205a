"""A buyer disputes the line that it reads; its legs are not disputed beside it."""

from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.money import Money
from karakoram.settlement.billed_lines import billed_lines
from karakoram.settlement.disputes import DisputedKind, DisputeEvent
from karakoram.settlement.invoices import Invoice
from karakoram.usecases.settle.dispute_lines import (
    DisputeAnswer,
    Objection,
    answer_dispute,
    open_dispute,
)
from karakoram.usecases.settle.settling import found
from tests.support.settling import december_billed, desk, settled_wave


def test_a_buyer_s_line_is_disputed_as_a_whole_by_its_number():
    _, settling, _ = settled_wave()
    (invoice,) = december_billed(settling)
    month, *_ = billed_lines(invoice.lines)
    whole = Objection(
        kind=DisputedKind.INVOICE,
        subject=invoice.number,
        line_key="1",
        claimed=month.amount,
        against_id="OP1",
        reason="not as ordered",
    )
    with pytest.raises(RefusedError, match="OP11 keeps no book") as no:
        open_dispute(replace(whole, against_id="OP11"), deed=desk(), settling=settling)
    assert no.value.code == "no-such-owner"
    assert "OP1" in no.value.alternatives[0]
    dispute = open_dispute(whole, deed=desk(), settling=settling)
    assert dispute.line_key == month.key
    leg = replace(whole, line_key="1.1", claimed=month.legs[0].amount)
    with pytest.raises(RefusedError) as no:
        open_dispute(leg, deed=desk(), settling=settling)
    assert no.value.code == "disputed-already"
    with pytest.raises(NotFoundError):
        open_dispute(replace(whole, line_key="1.99"), deed=desk(), settling=settling)
    granted = Money(1, "USD")
    answer = DisputeAnswer(dispute=dispute.number, event=DisputeEvent.ACCEPT, granted=granted)
    for event in (DisputeEvent.REJECT, DisputeEvent.WITHDRAW):
        with pytest.raises(RefusedError, match=f"{event.value} grants nothing, got USD 0.01") as no:
            answer_dispute(replace(answer, event=event), deed=desk(), settling=settling)
        assert no.value.code == "grants-nothing"
    answer_dispute(answer, deed=desk(), settling=settling)
    credited = settling.store.read(lambda tx: found(tx, Invoice, invoice.number)).credited
    assert credited == granted
    assert open_dispute(leg, deed=desk(), settling=settling).line_key == month.legs[0].key
