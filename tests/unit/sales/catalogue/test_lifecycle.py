"""An offering goes through its life by one table."""

from karakoram.sales.catalogue.lifecycle import OFFERING_LIFE, LifecycleEvent, LifecycleStatus


def test_the_straight_way_leads_from_the_study_to_the_end():
    status = OFFERING_LIFE.first
    for event in ("design", "test", "activate", "launch", "retire", "end"):
        status = OFFERING_LIFE.next_state(status, LifecycleEvent(event))
    assert status is LifecycleStatus.OBSOLETE


def test_nothing_leads_out_of_the_last_statuses():
    ends = {LifecycleStatus.OBSOLETE, LifecycleStatus.REJECTED}
    assert ends == {each for each in LifecycleStatus if OFFERING_LIFE.is_final(each)}


def test_every_status_is_reached_from_the_study():
    reached = {OFFERING_LIFE.first}
    for _ in LifecycleStatus:
        reached |= {to for start in reached for to in OFFERING_LIFE.transitions[start].values()}
    assert reached == set(LifecycleStatus)
