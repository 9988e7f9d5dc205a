"""An offering goes through its life by one table."""

import pytest

from karakoram.core.errors import IllegalTransitionError
from karakoram.sales.catalogue.lifecycle import (
    TRANSITIONS,
    LifecycleEvent,
    LifecycleStatus,
    next_status,
)


def test_the_straight_way_leads_from_the_study_to_the_end():
    status = LifecycleStatus.IN_STUDY
    for event in ("design", "test", "activate", "launch", "retire", "end"):
        status = next_status(status, LifecycleEvent(event))
    assert status is LifecycleStatus.OBSOLETE


@pytest.mark.parametrize("status", LifecycleStatus)
@pytest.mark.parametrize("event", LifecycleEvent)
def test_what_is_not_in_the_table_cannot_happen(status, event):
    if (status, event) in TRANSITIONS:
        assert next_status(status, event) is TRANSITIONS[status, event]
        return
    with pytest.raises(IllegalTransitionError, match=event.value):
        next_status(status, event)


def test_nothing_leads_out_of_the_last_statuses():
    ends = {LifecycleStatus.OBSOLETE, LifecycleStatus.REJECTED}
    assert ends == set(LifecycleStatus) - {start for start, _ in TRANSITIONS}
    with pytest.raises(IllegalTransitionError, match="do nothing more"):
        next_status(LifecycleStatus.OBSOLETE, LifecycleEvent.LAUNCH)


def test_every_status_is_reached_from_the_study():
    reached = {LifecycleStatus.IN_STUDY}
    for _ in LifecycleStatus:
        reached |= {after for (start, _), after in TRANSITIONS.items() if start in reached}
    assert reached == set(LifecycleStatus)
