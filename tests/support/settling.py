"""A product sold by a small seller, and everything that settling it needs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from karakoram.adapters.time_zones import SystemZones
from karakoram.core.provenance import Confidence, Provenance
from karakoram.operations.outages import Outage
from karakoram.refdata.levies import TaxedService, read_levies
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import LegEvent, LegState
from karakoram.sales.products import Product
from karakoram.settlement.agreed_commitments import AgreedCommitment
from karakoram.settlement.agreements import ShareRule
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.owner_books import OwnerBook
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.taxed_products import TaxedProduct
from karakoram.settlement.terms import SettlementTerms
from karakoram.usecases.sell.advance_leg import advance_leg
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.settling import Settling
from tests.support.selling import deed, ordered, quoted, seller, wave
from tests.support.settlement import agreement, share

ASSUMED = Provenance(source="test", confidence=Confidence.ASSUMED)
DECEMBER, JANUARY = period_from_word("2026-12"), period_from_word("2027-01")
PAID = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)


STARTED = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def at(year, month, day, hour=9):
    return datetime(year, month, day, hour, tzinfo=UTC)


def desk(moment=PAID, who="finance"):
    return Deed(who=who, why="end of month", at=moment)


def owner_book(operator, currency="USD"):
    return OwnerBook(
        operator_id=operator,
        functional_currency=currency,
        jurisdiction="PK-PB",
        time_zone="Asia/Karachi",
        days_to_pay=30,
        provenance=ASSUMED,
    )


def rate(base, quote, day, value):
    return ExchangeRate(
        rate_id=f"{base}-{quote}-{day}",
        base_currency=base,
        quote_currency=quote,
        valid_from=day,
        quote_per_base=Decimal(value),
        provenance=ASSUMED,
    )


RATES = (
    rate("USD", "PKR", date(2027, 1, 15), "280"),
    rate("USD", "PKR", date(2027, 2, 15), "290"),
    rate("USD", "CNY", date(2027, 1, 15), "7"),
    rate("USD", "CNY", date(2027, 2, 15), "6.9"),
)


def terms(**currencies):
    given = {"OP1": "CNY", "OP2": "PKR", "OP3": "PKR", "SCO": "PKR", **currencies}
    books = [owner_book(operator, currency) for operator, currency in given.items()]
    waves = agreement(agreement_id="waves", rule=ShareRule.NEGOTIATED, days_to_dispute=60)
    shares = [share(f"OP{n}", n, agreement_id="waves") for n in (1, 2, 3)]
    return SettlementTerms(
        settlement_agreements={waves.agreement_id: waves},
        agreed_shares={each.share_id: each for each in shares},
        owner_books={each.operator_id: each for each in books},
        exchange_rates={each.rate_id: each for each in RATES},
        taxed_products={
            key: TaxedProduct(product_specification_id=key, service=service, provenance=ASSUMED)
            for key, service in (
                ("wavelength", TaxedService.DATA),
                ("pstn", TaxedService.TELEPHONE),
            )
        },
        taxes_and_levies={each.levy_id: each for each in read_levies()},
    )


def carried_out(selling, order, *, at):
    """The product of an order whose every leg was completed at a moment."""
    while any(leg.state is LegState.ACKNOWLEDGED for leg in order.legs):
        leg = next(leg for leg in order.legs if leg.state is LegState.ACKNOWLEDGED)
        for event in (LegEvent.START, LegEvent.COMPLETE):
            order = advance_leg(
                order.product_order_id,
                leg.leg.name,
                event,
                deed=deed(at),
                store=selling.store,
                ids=selling.ids,
            )
    return selling.store.read(lambda tx: tx.find(Product, order.product_id))


def active(selling, wish, name, *, buyer="CT", started=STARTED):
    """A product whose every leg was completed at a moment."""
    quote = quoted(selling, wish, f"q-{name}", buyer=buyer)
    order = ordered(selling, quote, f"o-{name}")
    return carried_out(selling, order, at=started)


def settled_wave(store=None, *, started=STARTED, given=None):
    """A wave that is active, and what settling it needs."""
    selling = seller(store)
    product = active(selling, wave(), "wave", started=started)
    return selling, settling_of(selling, given), product


def settling_of(selling, given=None):
    """What settling on the store of a seller needs."""
    return Settling(
        store=selling.store,
        ids=selling.ids,
        catalogue=selling.catalogue,
        terms=given or terms(),
        zones=SystemZones(),
    )


def outage(product, name, start, end, operator="OP1", **changes):
    given = {
        "outage_id": name,
        "product_id": product.product_id,
        "starts_at": start,
        "ends_at": end,
        "at_fault_id": operator,
        "where": "A-Z",
        "cause": "landslide",
        "source": f"ticket {name}",
    }
    return Outage(**{**given, **changes})


def hours_after(moment, hours):
    return moment + timedelta(hours=hours)


def december_billed(settling):
    """The invoices of December."""
    return bill_period(BillRun(period=DECEMBER), deed=desk(), settling=settling)


def book_balances(settling):
    """Net amounts by account, and that every currency of every book sums to zero."""

    def read(tx):
        accounts = tx.accounts()
        return accounts, tx.balances([each.account_id for each in accounts])

    accounts, by_id = settling.store.read(read)
    sums = {}
    for each in accounts:
        key = (each.book, each.currency)
        sums[key] = sums.get(key, 0) + by_id[each.account_id].net_minor
    assert not any(sums.values()), sums
    return {each.account_id: by_id[each.account_id].net_minor for each in accounts}


def promise(monthly, **changes):
    """What P1 has agreed to spend on the minutes of each of its lines."""
    given = {
        "commitment_id": "C1",
        "payer_id": "P1",
        "product_offering_id": "PSTN-LINE",
        "operator_id": "SCO",
        "charge_name": "national minutes minute",
        "monthly": Decimal(monthly),
        "currency": "PKR",
        "provenance": ASSUMED,
    }
    return AgreedCommitment(**{**given, **changes})
