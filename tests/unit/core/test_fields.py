from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import pytest

from karakoram.core.fields import (
    Bounds,
    Finite,
    Latitude,
    LengthKm,
    Longitude,
    NotNegative,
    Positive,
    bounds_by_field,
    check_fields,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe:
    name: str
    length_km: LengthKm
    loss_db: NotNegative | None = None
    price: Annotated[Decimal, Bounds(at_least=0.0)] = Decimal(0)

    def __post_init__(self) -> None:
        check_fields(self)


@pytest.mark.parametrize(
    ("bounds", "value", "breach"),
    [
        (Bounds(above=0.0), 0.0, "must be greater than 0, got 0"),
        (Bounds(above=0.0), 1e-300, None),
        (Bounds(at_least=0.0), 0.0, None),
        (Bounds(at_least=0.0), -0.5, "must be at least 0, got -0.5"),
        (Bounds(at_most=90.0), 90.0, None),
        (Bounds(at_most=90.0), 91.0, "must be at most 90, got 91"),
        (Bounds(at_most=40_000.0), 40_000.01, "must be at most 40000, got 40000.01"),
        (Bounds(), float("nan"), "must be a finite number, got nan"),
        (Bounds(), float("-inf"), "must be a finite number, got -inf"),
        (Bounds(), -1e300, None),
    ],
)
def test_a_bound_says_what_would_be_right(bounds, value, breach):
    assert bounds.breach(value) == breach


def test_only_fields_with_bounds_are_listed_and_optional_ones_count():
    found = bounds_by_field(Pipe)
    assert set(found) == {"length_km", "loss_db", "price"}
    assert found["loss_db"] == Bounds(at_least=0.0)


@pytest.mark.parametrize("alias", [Positive, NotNegative, Finite])
def test_every_alias_refuses_what_is_not_finite(alias):
    assert alias.__metadata__[0].breach(float("inf")) == "must be a finite number, got inf"


@pytest.mark.parametrize(
    ("alias", "accepted", "refused"),
    [
        (Longitude, [-180.0, 180.0], [-180.5, 180.5]),
        (Latitude, [-90.0, 90.0], [-90.5, 90.5]),
        (LengthKm, [0.001, 40_000.0], [0.0, 40_000.5]),
    ],
)
def test_places_lie_on_the_globe_and_no_fibre_is_longer_than_its_equator(alias, accepted, refused):
    breach = alias.__metadata__[0].breach
    assert not any(map(breach, accepted))
    assert all(map(breach, refused))


def test_a_record_within_its_bounds_is_accepted():
    pipe = Pipe(name="a", length_km=80.0, price=Decimal("12.50"))
    assert pipe.loss_db is None


def test_a_record_names_every_field_that_is_out_of_bounds():
    with pytest.raises(ValueError, match="Pipe.length_km must be at least 0.001, got -1") as caught:
        Pipe(name="a", length_km=-1.0, loss_db=-2.0, price=Decimal(-3))
    assert "Pipe.loss_db must be at least 0, got -2" in str(caught.value)
    assert "Pipe.price must be at least 0, got -3" in str(caught.value)
