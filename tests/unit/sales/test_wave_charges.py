"""Equal regenerators are one charge, and nothing is lost of what is asked."""

from decimal import Decimal

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.offers import PriceLine
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.wave_charges import charges_of_lines


def line(subject, unit=PriceUnit.REGENERATOR, **changes):
    given = {
        "operator_id": "ONE",
        "role": PathSide.WORKING,
        "subject": subject,
        "price_id": "REGEN",
        "unit": unit,
        "period": ChargePeriod.ONCE,
        "quantity": Decimal(1),
        "unit_price": Decimal(100),
        "amount": Money(10_000, "USD"),
        "confidence": Confidence.ASSUMED,
    }
    return PriceLine(**{**given, **changes})


def test_regenerators_of_one_owner_and_price_are_one_charge_with_its_places():
    lines = (
        line("KJB", PriceUnit.END),
        line("PBN"),
        line("PBN"),
        line("KHI"),
        line("KHI", operator_id="CYB"),
        line("KHI", role=PathSide.PROTECTION),
        line("CLS", PriceUnit.END),
    )
    charges = charges_of_lines(lines)
    assert [(each.name, each.operator_id, each.places) for each in charges] == [
        ("working KJB, 1 x end", "ONE", ()),
        ("working 2 sites, 3 x regenerator", "ONE", ("PBN", "KHI")),
        ("working KHI, 1 x regenerator", "CYB", ()),
        ("protection KHI, 1 x regenerator", "ONE", ()),
        ("working CLS, 1 x end", "ONE", ()),
    ]
    assert sum(each.amount.minor for each in charges) == sum(each.amount.minor for each in lines)


def test_another_price_is_another_charge():
    dearer = line("KHI", price_id="REGEN-2", unit_price=Decimal(200))
    assert len(charges_of_lines((line("PBN"), dearer))) == 2
