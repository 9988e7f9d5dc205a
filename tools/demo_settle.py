"""Bill a wave for a quarter, share it between three owners, and settle to the last minor unit.

``make demo-settle`` runs it: the protected 400G wavelength from the Khunjerab Pass to the landing
station in Karachi is billed in dollars for a quarter; an outage on SCO's segment is credited; the
owners get their statements; one disputes a line and is granted half; all are netted and paid; the
invoice becomes a paper, and it is told what has come from abroad and which levies are owed; the
books, in rupees and yuan, are valued and closed, the levies paid, and all is written as text of
Beancount.
"""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from rich.console import Console

from karakoram import bootstrap
from karakoram.core.identifiers import ExternalId, OperatorId, OutageId, PartyId, ProductId
from karakoram.core.money import Money
from karakoram.interfaces.cli.earnings_screen import show_earnings
from karakoram.interfaces.cli.levies_screen import show_levies, show_standings
from karakoram.interfaces.cli.settlement_screen import (
    show_credit_notes,
    show_differences,
    show_disputes,
    show_exchange,
    show_invoice,
    show_invoices,
    show_net_payments,
    show_outages,
    show_statements,
)
from karakoram.operations.outages import Outage
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import configuration
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.settlement.disputes import DisputedKind, DisputeEvent
from karakoram.settlement.foreign_earnings import EarningKind
from karakoram.settlement.invoices import Invoice
from karakoram.settlement.levy_payments import LevyPayment
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.reconciling import stated
from karakoram.settlement.statements import OwnerStatement, StatementLineKind, clearing_difference
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.sell.advance_leg import complete_order
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.close_book import close_book, exchange_result
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.dispute_lines import (
    DisputeAnswer,
    Objection,
    answer_dispute,
    open_dispute,
)
from karakoram.usecases.settle.issue_statements import issue_statements
from karakoram.usecases.settle.keep_ledger import book_content
from karakoram.usecases.settle.pay_levy import pay_levy
from karakoram.usecases.settle.print_bill import bill_of, print_paper
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.report_earnings import EarningsQuestion, earnings_abroad
from karakoram.usecases.settle.report_levies import levy_report
from karakoram.usecases.settle.settle_statements import (
    NetPaid,
    agree_statement,
    reconciled,
    settle_statements,
)
from karakoram.usecases.settle.settling import Settling, found
from karakoram.usecases.store.fill_store import fill_store

SOLD = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
BILLED = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
CLOSED = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
QUARTER = period_from_word("2026-Q3")
CUT = (datetime(2026, 8, 14, 2, 40, tzinfo=UTC), datetime(2026, 8, 14, 16, 10, tzinfo=UTC))
BUYER = Party(
    party_id=PartyId("CT"),
    name="A Chinese operator",
    role=PartyRole.BUYER,
    kind=CustomerKind.OPERATOR,
    segment=MarketSegment.WHOLESALE,
    country="CN",
    currency="USD",
)
WAVE = Wish(
    product_offering_id=ProductOfferingId("WAVE-400G-1P1"),
    configuration=configuration({"a_site": "KJB", "z_site": "CLS-CYB", "term_months": "36"}),
)


class Office:
    """Who acts, a minute later each time, and where it is told."""

    def __init__(self, settling: Settling, console: Console) -> None:
        self.settling = settling
        self.console = console
        self.now = BILLED

    def deed(self, who: str, why: str) -> Deed:
        """The next action."""
        self.now += timedelta(minutes=1)
        return Deed(who=who, why=why, at=self.now)

    def say(self, title: str) -> None:
        """A heading."""
        self.console.print(f"\n=== {title}", style="bold", highlight=False)


def sell(selling: Selling) -> ProductId:
    """The wave, active since before the quarter."""
    network = bootstrap.network_source().read_network()
    inventory = bootstrap.inventory_source().read_inventory(prepare(network))
    fill_store(inventory, store=selling.store)
    deed = Deed(who="sales desk", why="contract", at=SOLD)
    register_party(BUYER, deed=deed, store=selling.store, ids=selling.ids)
    quote = issue_quote(
        QuoteWish(wish=WAVE),
        buyer_id=BUYER.party_id,
        external_id=ExternalId("RFQ-1"),
        deed=deed,
        selling=selling,
    )
    order = place_order(
        quote.quote_id,
        "",
        buyer_id=BUYER.party_id,
        external_id=ExternalId("PO-1"),
        deed=deed,
        selling=selling,
    )
    selling.store.write(lambda tx: complete_order(tx, order, deed=deed, ids=selling.ids))
    return order.product_id


def bill(office: Office, product_id: ProductId) -> Invoice:
    """The invoice of the quarter, an outage, and what is given back for it."""
    settling, console = office.settling, office.console
    office.say("Billed for the quarter, in dollars (the papers tell who earns each line)")
    (invoice,) = bill_period(
        BillRun(period=QUARTER), deed=office.deed("billing", "quarter over"), settling=settling
    )
    show_invoice(console, invoice, shares=False)
    again = bill_period(
        BillRun(period=QUARTER), deed=office.deed("billing", "run twice"), settling=settling
    )
    console.print(f"  Run again it bills {len(again)} more invoices: nothing is billed twice.")
    office.say("An outage of both ways, in SCO's segment")
    outage = Outage(
        outage_id=OutageId("TT-2026-0814"),
        product_id=product_id,
        starts_at=CUT[0],
        ends_at=CUT[1],
        at_fault_id=OperatorId("SCO"),
        where="SST-GIL",
        cause="flood took the road with both ways",
        source="made up for this demonstration",
    )
    recorded = record_outage(outage, deed=office.deed("NOC", "restored"), settling=settling)
    show_outages(console, (recorded,))
    notes = credit_outages(QUARTER, deed=office.deed("billing", "SLA"), settling=settling)
    show_credit_notes(console, notes, shares=True)
    return invoice


def share(office: Office) -> tuple[OwnerStatement, ...]:
    """The statements of all owners, reconciled, one disputed and corrected."""
    settling, console = office.settling, office.console
    office.say("Statements of the owners")
    statements = issue_statements(
        QUARTER, deed=office.deed("settlement", "quarter over"), settling=settling
    )
    show_statements(console, statements)
    assert not clearing_difference(statements)
    for each in statements:
        differences = reconciled(each.number, stated(each.lines), settling=settling)
        console.print(f"  {each.operator_id} says the same: {len(differences)} differences")
    ours = next(each for each in statements if each.operator_id == "SCO")
    office.say("A cent more in SCO's own statement would be told")
    first, *rest = stated(ours.lines)
    dearer = replace(first, amount=Money(first.amount.minor + 1, first.amount.currency))
    show_differences(console, reconciled(ours.number, [dearer, *rest], settling=settling))
    office.say("SCO disputes the credit: the crew waited for One Network's key; half is granted")
    line = next(each for each in ours.lines if each.kind is StatementLineKind.CREDIT_BORNE)
    claimed = Money(-line.amount.minor, line.amount.currency)
    dispute = open_dispute(
        Objection(
            kind=DisputedKind.STATEMENT,
            subject=ours.number,
            line_key=line.key,
            claimed=claimed,
            against_id=OperatorId("ONE"),
            reason="the crew waited at One Network's hand-over",
        ),
        deed=office.deed("SCO", "line is wrong"),
        settling=settling,
    )
    answer = DisputeAnswer(
        dispute=dispute.number,
        event=DisputeEvent.ACCEPT,
        granted=Money(claimed.minor // 2, claimed.currency),
        answer="half of the time was ours",
    )
    ended = answer_dispute(answer, deed=office.deed("ONE", "agreed"), settling=settling)
    show_disputes(console, (ended,))
    return statements


def settle(office: Office, invoice: Invoice, statements: tuple[OwnerStatement, ...]) -> None:
    """All agreed, netted, paid; the buyer has paid as well."""
    settling, console = office.settling, office.console
    office.say("The buyer pays what is open")
    owed = settling.store.read(lambda tx: found(tx, Invoice, invoice.number)).open_amount
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=owed,
        paid_on=office.now.date(),
        external_id=ExternalId("BANK-1"),
    )
    paid = receive_payment(payment, deed=office.deed("finance", "paid"), settling=settling)
    show_invoices(console, (paid,))
    office.say("All agree; netted and paid")
    for each in statements:
        agree_statement(
            each.number, deed=office.deed(each.operator_id, "agreed"), settling=settling
        )
    netting = settle_statements(
        QUARTER,
        "USD",
        paid=NetPaid(on_day=office.now.date(), reference="RTGS-7781"),
        deed=office.deed("settlement", "netting"),
        settling=settling,
    )
    show_net_payments(console, netting.payments, netting.confidence)
    show_statements(console, netting.statements)


def tell(office: Office, invoice: Invoice, folder: Path) -> None:
    """The papers, what has come from abroad, and what the owners owe their regulator."""
    settling, console = office.settling, office.console
    office.say("Papers: the buyer's, naming no owner and no place where owners meet; and ours")
    for number, is_internal, name in (
        (invoice.number, False, "invoice.pdf"),
        (invoice.number, True, "invoice-ours.pdf"),
        (f"SCO-C{BILLED.year}-0001", False, "credit-note.pdf"),
    ):
        paper = settling.store.read(partial(bill_of, word=number, is_internal=is_internal))
        target = bootstrap.settlement_pdf(folder / name)
        short = print_paper(paper, networks=bootstrap.network_source(), printer=target)
        assert not short, "the fonts have every letter of the demo"
        console.print(f"  {folder / name}")
    office.say("Earned abroad, by owner, and what it is worth at home")
    period = period_from_word("2026-10-01/2026-12-01")
    earnings = earnings_abroad(EarningsQuestion(period=period), settling=settling)
    asked = sum(each.by_kind[EarningKind.BILLED].original.minor for each in earnings)
    assert asked == invoice.net.minor, "every owner's part is told once"
    show_earnings(console, earnings, period=period)
    office.say("Levies on what One Network earned (universal service, research, licence)")
    show_levies(console, levy_report(OperatorId("ONE"), period, settling=settling))


def pay_levies(office: Office) -> None:
    """One Network pays its regulator what is open, and owes nothing more."""
    settling, console = office.settling, office.console
    owner = OperatorId("ONE")
    office.say("One Network pays its levies to the last paisa")
    period = period_from_word("2026-10-01/2026-12-01")
    for place, owed in enumerate(levy_report(owner, period, settling=settling).standings, start=1):
        payment = LevyPayment(
            operator_id=owner,
            levy_id=owed.levy_id,
            period=period,
            amount=owed.open_amount,
            paid_on=CLOSED.date(),
            reference=ExternalId(f"CPR-{place}"),
        )
        pay_levy(payment, deed=office.deed("finance", "levies due"), settling=settling)
    after = levy_report(owner, period, settling=settling)
    assert not any(each.open_amount.minor for each in after.standings), "all is paid"
    show_standings(console, after)


def close(office: Office, statements: tuple[OwnerStatement, ...], folder: Path) -> None:
    """Every book valued, closed, written and checked."""
    settling, console = office.settling, office.console
    office.now = CLOSED
    until = date(2026, 12, 1)
    office.say("Exchange rates since: what each book gained or lost, line by line")
    checker = shutil.which("bean-check", path=str(Path(sys.executable).parent))
    for each in statements:
        owner = each.operator_id
        closed = close_book(owner, until, deed=office.deed(owner, "close"), settling=settling)
        show_exchange(console, owner, closed.revaluations)
        told = exchange_result(owner, period_from_word("2026-10-01/2026-12-01"), settling=settling)
        assert [one.gain for one in told] == [one.gain for one in closed.revaluations]
    pay_levies(office)
    office.say("Books as text of Beancount")
    for each in statements:
        target = folder / f"{each.operator_id}.beancount"
        content = settling.store.read(partial(book_content, book=each.operator_id))
        bootstrap.book_target(target).write_book(content)
        if checker is None:
            console.print(f"  {target}; bean-check is not installed here")
            continue
        done = subprocess.run([checker, str(target)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        console.print(f"  {target}: bean-check finds nothing wrong")


def main() -> int:
    """Run the story on a fresh store."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "out/demo-settle.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    bootstrap.new_sales_store(str(path))
    selling = bootstrap.selling(str(path))
    product_id = sell(selling)
    office = Office(bootstrap.settling(str(path)), Console(highlight=False))
    assert office.settling.store.read(lambda tx: tx.find(Product, product_id)) is not None
    invoice = bill(office, product_id)
    statements = share(office)
    settle(office, invoice, statements)
    tell(office, invoice, path.parent)
    close(office, statements, path.parent)
    print(f"\nThe store is {path}. Look into it:  karakoram statement list --store {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
