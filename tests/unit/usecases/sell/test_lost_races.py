"""A lost race is run again, a few times."""

import pytest

from karakoram.core.errors import ConflictError, RefusedError, TakenError
from karakoram.usecases.sell.lost_races import retry_when_taken


def racing(*lost):
    left = list(lost)

    def attempt():
        if left:
            raise left.pop(0)
        return "won"

    return attempt


def test_it_is_tried_again_where_others_were_faster():
    assert retry_when_taken(racing(TakenError("a"), ConflictError("b")), where="x") == "won"


def test_three_times_in_a_row_is_told_with_the_last_reason():
    with pytest.raises(TakenError, match="3 times in a row: c") as lost:
        retry_when_taken(racing(TakenError("a"), TakenError("b"), TakenError("c")), where="x")
    assert (lost.value.code, lost.value.where) == ("no-room-left", "x")


def test_another_refusal_is_not_tried_again():
    with pytest.raises(RefusedError, match="no"):
        retry_when_taken(racing(RefusedError("no")), where="x")
