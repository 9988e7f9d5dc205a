"""What is a buyer asked to pay, and for what, over TM Forum 678, version 4?

Bills are the invoices and credit notes of settlement, which decides what is billed, paid, disputed
and credited: a bill is not changed here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.bill_documents import (
    CREDIT_NOTE,
    DIALECT,
    NORMAL,
    SEPARATOR,
    SETTLED,
    bill_document,
    charge_documents,
    request_document,
)
from karakoram.interfaces.http.listing import (
    Asked,
    Document,
    Fields,
    Id,
    Part,
    answer_from_list,
    answer_from_one,
    answer_in_turn,
    own_words,
)
from karakoram.interfaces.http.refusals import references_checked
from karakoram.interfaces.http.sending import keep_sent
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_forms import BillRequestForm
from karakoram.sales.api_clients import ClientRole
from karakoram.sales.parties import Party
from karakoram.settlement.invoices import CreditNote, Invoice, InvoiceState
from karakoram.settlement.rating.periods import BillingPeriod, month_of
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.see_bills import (
    BillQuestion,
    SeenBill,
    bill_on_demand,
    bill_seen,
    bills_on_demand,
    bills_seen,
)

_CATEGORIES: Mapping[str, type] = {NORMAL: Invoice, CREDIT_NOTE: CreditNote}

router = APIRouter(prefix=paths.BILL, tags=["TMF678 customer bill"])
Reading = Annotated[Call, Depends(allowed(ClientRole.FINANCE, ClientRole.BUYER))]
Billing = Annotated[Call, Depends(allowed(ClientRole.FINANCE))]


@router.get("/customerBill", openapi_extra={"x-answer": "CustomerBills"})
async def list_bills(call: Reading, part: Asked) -> Response:
    """The bills that the client pays, or that its operator sends, oldest first."""
    rest, question = _question(part)

    def answer() -> Response:
        found = bills_seen(question, viewer=call.viewer, store=call.settling.store)
        documents = [bill_document(each, call) for each in found.bills]
        return answer_from_list(documents, rest, total=found.total)

    return await answer_in_turn(rest, answer)


@router.get("/customerBill/{id}", openapi_extra={"x-answer": "CustomerBill"})
async def read_bill(record_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One bill."""
    found = bill_seen(record_id, viewer=call.viewer, store=call.settling.store)
    return answer_from_one(bill_document(found, call), fields=fields)


@router.get(
    "/appliedCustomerBillingRate", openapi_extra={"x-answer": "AppliedCustomerBillingRates"}
)
def list_charges(call: Reading, part: Asked) -> Response:
    """The lines of the bills; those of one where the filter ``bill.id`` names it."""
    rest, wanted = part.without("bill.id")
    seen = _bills(call) if wanted is None else _bills_named(wanted, call)
    charges = [each for bill in seen for each in charge_documents(bill, call)]
    return answer_from_list(charges[rest.window], rest, total=len(charges))


@router.get(
    "/appliedCustomerBillingRate/{id}", openapi_extra={"x-answer": "AppliedCustomerBillingRate"}
)
async def read_charge(record_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One line of a bill."""
    seen = bill_seen(
        record_id.rpartition(SEPARATOR)[0], viewer=call.viewer, store=call.settling.store
    )
    for each in charge_documents(seen, call):
        if each["id"] == record_id:
            return answer_from_one(each, fields=fields)
    raise NotFoundError(f"there is no line {record_id!r} of a bill.")


@router.post(
    "/customerBillOnDemand", status_code=201, openapi_extra={"x-answer": "CustomerBillOnDemand"}
)
def ask_for_bill(form: BillRequestForm, call: Billing) -> Response:
    """Bill a payer now for what is over and not billed: last month, or the period that is named."""
    seller_id, payer_id = _account(form, call)
    deed = call.deed(form.description)
    run = BillRun(
        period=_period(form, now=deed.at), seller_id=seller_id, payer_id=PartyId(payer_id)
    )
    with references_checked():
        invoices = bill_period(run, deed=deed, settling=call.settling)
    if not invoices:
        with references_checked():
            _refuse_unknown(call, seller_id, payer_id)
        raise RefusedError(
            f"{seller_id} has nothing to bill {payer_id} for that period, or has billed it",
            code="nothing-to-bill",
            alternatives=("name another billingPeriod",),
        )
    sent = [
        keep_sent(call, form, dialect=DIALECT, record_id=each.invoice_id, buyer_id=each.payer_id)
        for each in invoices
    ]
    first = SeenBill(bill=invoices[0], credit_notes=(), request=sent[0])
    return answer_from_one(request_document(first, call), status=201)


@router.get("/customerBillOnDemand", openapi_extra={"x-answer": "CustomerBillOnDemands"})
def list_bill_requests(call: Reading, part: Asked) -> Response:
    """The bills that were asked for, as tasks; each bears its bill's identifier."""
    found = bills_on_demand(viewer=call.viewer, store=call.settling.store)
    tasks = [request_document(each, call) for each in found[part.window]]
    return answer_from_list(tasks, part, total=len(found))


@router.get("/customerBillOnDemand/{id}", openapi_extra={"x-answer": "CustomerBillOnDemand"})
async def read_bill_request(record_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One bill that was asked for, as a task."""
    found = bill_on_demand(record_id, viewer=call.viewer, store=call.settling.store)
    document: Document = request_document(found, call)
    return answer_from_one(document, fields=fields)


def _question(part: Part) -> tuple[Part, BillQuestion]:
    """The filters that a store cannot answer, and the question that it can."""
    by_category, categories = part.without("category")
    _, states = by_category.without("state")
    rest, of_invoices = by_category.in_states(own_words(InvoiceState))
    kinds = tuple(
        kind
        for word, kind in _CATEGORIES.items()
        if (categories is None or word in categories)
        and (kind is Invoice or states is None or SETTLED in states)
    )
    return rest, BillQuestion(kinds=kinds, states=of_invoices, part=rest.of_store)


def _bills(call: Call) -> tuple[SeenBill, ...]:
    return bills_seen(BillQuestion(), viewer=call.viewer, store=call.settling.store).bills


def _bills_named(names: frozenset[str], call: Call) -> tuple[SeenBill, ...]:
    """Those of the bills that the client may see."""
    found = []
    for name in sorted(names):
        try:
            found.append(bill_seen(name, viewer=call.viewer, store=call.settling.store))
        except NotFoundError:
            continue
    return tuple(found)


def _account(form: BillRequestForm, call: Call) -> tuple[OperatorId, str]:
    """Who bills whom: by the account, or the client's own operator whom it names."""
    own = call.viewer.operator_id
    named = form.billingAccount.id if form.billingAccount else ""
    seller, _, payer = named.partition(SEPARATOR)
    told = form.relatedParty.id if form.relatedParty else ""
    if not (seller or own) or not (payer or told):
        raise RefusedError(
            "it is not said who bills whom",
            code="no-account-named",
            alternatives=("name billingAccount.id, as SELLER.PAYER", "name relatedParty.id"),
        )
    if own not in {None, OperatorId(seller or str(own))}:
        raise RefusedError(f"{own} does not bill for {seller}", code="not-the-seller")
    if payer and told and payer != told:
        raise RefusedError(f"the account {named} is not that of {told}", code="other-account")
    return OperatorId(seller or str(own)), payer or told


def _refuse_unknown(call: Call, seller_id: OperatorId, payer_id: str) -> None:
    """Refuse names that nobody has: that nothing is to bill would hide the slip."""
    call.settling.store.read(lambda tx: known_record(tx, Party, payer_id))
    if seller_id not in call.selling.network.operators:
        raise NotFoundError(f"there is no operator {seller_id!r}.")


def _period(form: BillRequestForm, *, now: datetime) -> BillingPeriod:
    """The days that are named, else the month before this one."""
    named = form.billingPeriod
    if named is None:
        return month_of(now.date().replace(day=1) - timedelta(days=1))
    try:
        return BillingPeriod(from_day=named.startDateTime.date(), to_day=named.endDateTime.date())
    except ValueError as error:
        raise RefusedError(str(error), code="no-such-period") from error
