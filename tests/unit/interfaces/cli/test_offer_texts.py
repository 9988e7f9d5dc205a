"""What an offer asks is told with how far each sum may be trusted."""

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli.offer_texts import mrc_text, nrc_text, sum_text
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.plans import Charge, PlanLabel, ServicePlan
from karakoram.sales.quotes import QuoteOffer


def offer(*charges):
    plan = ServicePlan(
        claims=(),
        charges=tuple(
            Charge(
                name=f"charge {number}",
                kind=kind,
                operator_id="OP1",
                amount=Money(minor, "USD"),
                unit_price="1",
                confidence=confidence,
                source="a test",
            )
            for number, (kind, minor, confidence) in enumerate(charges)
        ),
        legs=(),
    )
    return QuoteOffer(offer_id="o", labels=(PlanLabel.CHEAPEST,), plan=plan, currency="USD")


MONTH, ONCE = PriceType.RECURRING, PriceType.ONE_TIME
MIXED = offer(
    (MONTH, 10_000, Confidence.STATED),
    (MONTH, 5_000, Confidence.DERIVED),
    (ONCE, 700, Confidence.ASSUMED),
)


def test_a_sum_is_trusted_as_the_worst_of_its_own_charges():
    assert mrc_text(MIXED) == "USD 150.00 (derived)"
    assert nrc_text(MIXED) == "USD 7.00 (assumed)"
    assert sum_text(MIXED, MIXED.over_months(1), MONTH, ONCE) == "USD 157.00 (assumed)"


def test_where_nothing_is_asked_nothing_is_marked():
    assert nrc_text(offer((MONTH, 100, Confidence.STATED))) == "USD 0.00"
