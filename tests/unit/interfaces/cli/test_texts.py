"""What a person is told to type is what the command takes."""

import pytest

from karakoram.interfaces.cli import texts
from karakoram.planning.offers import Reason, Remedy, RemedyKind


def told(*remedies):
    return texts.reason_text(Reason(code="c", where="A-Z", message="no", remedies=remedies))


@pytest.mark.parametrize(
    ("kind", "values", "options"),
    [
        (RemedyKind.ACCEPT_STATUS, ("option", "planned"), "--include option --include planned"),
        (RemedyKind.ALLOW_LATENCY, ("61.20",), "--latency-ms-max 61.20"),
        (RemedyKind.ALLOW_TRANSIT, ("ONE=900km",), "--transit-limit ONE=900km"),
        (RemedyKind.LOWER_BIT_RATE, ("800",), "--bit-rate 800G"),
        (RemedyKind.NO_PROTECTION, (), "--protection none"),
    ],
)
def test_each_remedy_is_an_option_of_the_command(kind, values, options):
    assert told(Remedy(kind=kind, values=values)) == f"no (here: {options})"


def test_a_reason_without_remedy_stands_as_it_is():
    assert told() == "no"


def test_several_remedies_are_alternatives():
    unprotected = Remedy(kind=RemedyKind.NO_PROTECTION)
    slower = Remedy(kind=RemedyKind.LOWER_BIT_RATE, values=("100",))
    assert told(slower, unprotected) == "no (here: --bit-rate 100G or --protection none)"
