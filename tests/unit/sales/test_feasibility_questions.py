"""What a planner is told of a wish."""

from karakoram.sales.feasibility.questions import FeasibilityQuestion
from tests.support.sales_stock import question


def test_a_product_at_one_site_has_no_far_end_and_no_protection():
    asked = question()
    assert isinstance(asked, FeasibilityQuestion)
    assert (asked.a_site_id, asked.z_site_id, asked.is_protected) == ("GIL", None, False)


def test_ends_and_protection_are_read_from_the_values():
    asked = question(z_site="RWP", protection="1+1")
    assert (asked.z_site_id, asked.is_protected) == ("RWP", True)
