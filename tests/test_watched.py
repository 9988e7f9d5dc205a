"""Types are checked where they are said to be."""

import time

import pytest
from jaxtyping import TypeCheckError

from karakoram.core.units import linear_from_db
from tests.support.watched import SECONDS_CHECKED, types_checked_at_first, types_unchecked


def is_checked():
    """Whether a word is refused where a number is wanted, as a type and not by what is done."""
    try:
        linear_from_db("3 dB")
    except TypeCheckError:
        return True
    except TypeError:
        return False
    return None


@pytest.mark.parametrize("case", range(3))
def test_the_first_cases_of_a_test_are_checked(case, request):
    cases = {each.name: each for each in request.session.items if each.path == request.path}
    of_this = [name for name in cases if name.startswith(request.node.originalname)]
    assert is_checked() == (of_this.index(request.node.name) < 2)
    assert case in range(3)


def test_what_takes_long_is_checked_at_first_and_then_no_more():
    with types_unchecked(unchecked=False), types_checked_at_first():
        assert is_checked()
        until = time.process_time() + 3 * SECONDS_CHECKED
        while is_checked():
            assert time.process_time() < until
    assert is_checked()
