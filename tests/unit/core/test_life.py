"""Lives: one table, one function."""

from enum import Enum

import pytest

from karakoram.core.errors import IllegalTransitionError
from karakoram.core.life import Life


class Light(Enum):
    RED = "red"
    GREEN = "green"
    BROKEN = "broken"


class Event(Enum):
    SWITCH = "switch"
    BREAK = "break"


LIFE: Life[Light, Event] = Life(
    subject="traffic light",
    first=Light.RED,
    transitions={
        Light.RED: {Event.SWITCH: Light.GREEN},
        Light.GREEN: {Event.SWITCH: Light.RED, Event.BREAK: Light.BROKEN},
        Light.BROKEN: {},
    },
)


def test_an_event_leads_where_the_table_says():
    assert LIFE.next_state(Light.GREEN, Event.BREAK) is Light.BROKEN


def test_an_event_that_cannot_be_is_refused_with_what_can():
    with pytest.raises(
        IllegalTransitionError, match="cannot break a traffic light that is red"
    ) as no:
        LIFE.next_state(Light.RED, Event.BREAK)
    assert no.value.alternatives == ("switch",)
    assert no.value.code == "illegal-transition"


def test_what_has_ended_stays_so():
    assert [state for state in Light if LIFE.is_final(state)] == [Light.BROKEN]
    with pytest.raises(IllegalTransitionError, match="nothing: that is its end"):
        LIFE.next_state(Light.BROKEN, Event.SWITCH)


def test_nobody_changes_the_table_afterwards():
    with pytest.raises(TypeError, match="does not support item assignment"):
        LIFE.transitions[Light.BROKEN] = {Event.SWITCH: Light.RED}
    with pytest.raises(TypeError, match="does not support item assignment"):
        LIFE.transitions[Light.BROKEN][Event.SWITCH] = Light.RED


def test_every_state_that_is_reached_has_a_row():
    with pytest.raises(AssertionError, match="traffic light has no row"):
        Life(
            subject="traffic light",
            first=Light.RED,
            transitions={Light.RED: {Event.BREAK: Light.BROKEN}},
        )
