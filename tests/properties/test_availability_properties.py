"""Which laws hold for the unavailability of every service?

The oracle enumerates the states of all components; the engine never does.
"""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.availability import (
    birnbaum_importance,
    component_unavailability,
    series_unavailability,
    service_unavailability,
    unavailability_contribution,
)

ROUNDING = 1e-12
"""Relative; some tens of operations in double precision."""

relaxed = settings(deadline=None)

probabilities = st.one_of(
    st.floats(0.0, 1.0),
    st.floats(-30.0, 0.0).map(lambda exponent: 10.0**exponent),
    st.sampled_from([0.0, 1.0]),
)


@st.composite
def services(draw, *, paths_max=6, components_max=10, smallest=1):
    """Unavailability of each component and which path needs which."""
    components = draw(st.integers(smallest, components_max))
    paths = draw(st.integers(1, paths_max))
    row = st.lists(st.booleans(), min_size=components, max_size=components)
    return (
        np.array(draw(st.lists(probabilities, min_size=components, max_size=components))),
        np.array(draw(st.lists(row, min_size=paths, max_size=paths))),
    )


def enumerated_unavailability(unavailability, incidence):
    """The sum of the probabilities of all component states in which every path is down."""
    is_down = np.array(list(itertools.product([False, True], repeat=unavailability.size)))
    probability = np.where(is_down, unavailability, 1.0 - unavailability).prod(axis=1)
    paths_down = (is_down[:, None, :] & incidence[None, :, :]).any(axis=2)
    return math.fsum(probability[paths_down.all(axis=1)])


def with_component(unavailability, index, value):
    changed = unavailability.copy()
    changed[index] = value
    return changed


@relaxed
@given(service=services())
def test_the_service_agrees_with_the_enumeration_of_all_states(service):
    unavailability, incidence = service
    found = service_unavailability(unavailability, incidence=incidence)
    expected = enumerated_unavailability(unavailability, incidence)
    assert found == pytest.approx(expected, rel=ROUNDING, abs=1e-300)


@relaxed
@given(service=services())
def test_a_service_is_down_between_never_and_always(service):
    unavailability, incidence = service
    assert 0.0 <= service_unavailability(unavailability, incidence=incidence) <= 1.0


@relaxed
@given(service=services(), data=st.data())
def test_availability_falls_when_a_component_gets_worse(service, data):
    unavailability, incidence = service
    index = data.draw(st.integers(0, unavailability.size - 1))
    worse = with_component(
        unavailability, index, data.draw(st.floats(float(unavailability[index]), 1.0))
    )
    before = service_unavailability(unavailability, incidence=incidence)
    after = service_unavailability(worse, incidence=incidence)
    assert after >= before * (1.0 - ROUNDING)


@relaxed
@given(
    failures_per_year=st.floats(1e-9, 1e3),
    mttr_h=st.floats(1e-3, 1e5),
    factor=st.floats(1.001, 1e3),
)
def test_availability_falls_when_failures_or_repairs_grow(failures_per_year, mttr_h, factor):
    def unavailability(rate, hours):
        return component_unavailability(
            failures_per_year=np.array([rate]), mttr_h=np.array([hours])
        )[0]

    before = unavailability(failures_per_year, mttr_h)
    assert 0.0 < before < unavailability(failures_per_year * factor, mttr_h) <= 1.0
    assert before < unavailability(failures_per_year, mttr_h * factor)


@relaxed
@given(service=services(), data=st.data())
def test_a_further_path_never_makes_a_service_worse(service, data):
    unavailability, incidence = service
    width = unavailability.size
    path = np.array([data.draw(st.lists(st.booleans(), min_size=width, max_size=width))])
    before = service_unavailability(unavailability, incidence=incidence)
    after = service_unavailability(unavailability, incidence=np.vstack([incidence, path]))
    assert after <= before * (1.0 + ROUNDING)


@relaxed
@given(service=services(), data=st.data())
def test_the_order_of_paths_and_components_does_not_matter(service, data):
    unavailability, incidence = service
    rows = data.draw(st.permutations(range(incidence.shape[0])))
    columns = data.draw(st.permutations(range(incidence.shape[1])))
    found = service_unavailability(
        unavailability[columns], incidence=incidence[np.ix_(rows, columns)]
    )
    expected = service_unavailability(unavailability, incidence=incidence)
    assert found == pytest.approx(expected, rel=ROUNDING, abs=1e-300)


@relaxed
@given(service=services(smallest=2))
def test_sharing_more_never_helps(service):
    """Two like components on different paths become one that serves both."""
    unavailability, incidence = service
    apart = incidence.copy()
    apart[:, 1] &= ~apart[:, 0]
    like = with_component(unavailability, 1, unavailability[0])
    shared = apart.copy()
    shared[:, 0] |= apart[:, 1]
    shared[:, 1] = False
    separate_u = service_unavailability(like, incidence=apart)
    shared_u = service_unavailability(like, incidence=shared)
    assert shared_u >= separate_u * (1.0 - ROUNDING)


@relaxed
@given(service=services())
def test_a_service_is_never_better_than_what_all_paths_share_nor_worse_than_its_best_path(service):
    unavailability, incidence = service
    found = service_unavailability(unavailability, incidence=incidence)
    shared_u = series_unavailability(unavailability[incidence.all(axis=0)])
    best_u = min(series_unavailability(unavailability[row]) for row in incidence)
    assert shared_u * (1.0 - ROUNDING) <= found <= best_u * (1.0 + ROUNDING)


@relaxed
@given(service=services())
def test_importance_is_the_difference_that_the_component_makes(service):
    unavailability, incidence = service
    found = birnbaum_importance(unavailability, incidence=incidence)
    for index in range(unavailability.size):
        down, up = (
            enumerated_unavailability(with_component(unavailability, index, value), incidence)
            for value in (1.0, 0.0)
        )
        assert found[index] == pytest.approx(down - up, rel=ROUNDING, abs=1e-13)


@relaxed
@given(service=services())
def test_a_contribution_is_what_a_perfect_component_would_save(service):
    unavailability, incidence = service
    found = unavailability_contribution(unavailability, incidence=incidence)
    whole = service_unavailability(unavailability, incidence=incidence)
    for index in range(unavailability.size):
        without = with_component(unavailability, index, 0.0)
        saved = whole - service_unavailability(without, incidence=incidence)
        assert found[index] == pytest.approx(saved, rel=ROUNDING, abs=1e-13)


@relaxed
@given(service=services())
def test_no_component_costs_more_than_the_whole_service_is_down(service):
    unavailability, incidence = service
    contribution = unavailability_contribution(unavailability, incidence=incidence)
    whole = service_unavailability(unavailability, incidence=incidence)
    assert (contribution >= 0.0).all()
    assert (contribution <= whole * (1.0 + ROUNDING)).all()
