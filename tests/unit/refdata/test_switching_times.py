"""Times of switching, each with its source."""

from karakoram.core.provenance import Confidence
from karakoram.refdata.switching_times import SwitchingStep, read_switching_times


def test_every_step_has_one_time_with_a_source():
    times = read_switching_times()
    assert [time.step for time in times] == list(SwitchingStep)
    assert all(time.provenance.source for time in times)
    stated = {time.step for time in times if time.provenance.confidence is Confidence.STATED}
    assert stated == {SwitchingStep.DETECTION, SwitchingStep.SELECTOR}
