"""A catalogue finds what belongs together, and never changes."""

import pickle

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.sales.catalogue.words import LevelParameter
from tests.support.catalogues import (
    CREDITS,
    DSL,
    DSL_OFFERING,
    DSL_SERVICE,
    LINE_OFFERING,
    OBJECTIVES,
    PLACES,
    PORT_A,
    small_catalogue,
)


def test_an_offering_is_found_in_any_case():
    assert small_catalogue().offering(" dsl-rural ") is DSL_OFFERING


def test_an_unknown_offering_is_told_with_those_like_it():
    with pytest.raises(NotFoundError, match="no offering is called 'DSL-RURA'") as told:
        small_catalogue().offering("DSL-RURA")
    assert told.value.near_misses == ("DSL-RURAL",)


def test_what_an_offering_leads_to():
    catalogue = small_catalogue()
    assert catalogue.specification(DSL_OFFERING) is DSL
    assert catalogue.service(DSL_OFFERING) is DSL_SERVICE
    assert catalogue.resources(LINE_OFFERING) == (PORT_A, PLACES)
    line = catalogue.specification(LINE_OFFERING)
    assert list(catalogue.characteristics_of(line)) == ["signal", "protection"]
    assert [p.product_offering_price_id for p in catalogue.prices_of("DSL-RURAL")] == ["dsl-month"]
    assert catalogue.objectives_of("broadband") == (OBJECTIVES[1],)
    assert catalogue.objective("broadband", LevelParameter.AVAILABILITY) is OBJECTIVES[1]
    assert catalogue.objective("broadband", LevelParameter.JITTER) is None
    assert catalogue.credit_steps_of("private-line") == CREDITS
    assert catalogue.credit_steps_of("broadband") == ()


def test_the_tables_are_copied_and_cannot_be_changed():
    catalogue = small_catalogue()
    with pytest.raises(TypeError):
        catalogue.product_offerings["NEW"] = DSL_OFFERING


def test_a_catalogue_survives_the_way_between_processes():
    catalogue = small_catalogue()
    assert pickle.loads(pickle.dumps(catalogue)) == catalogue
