"""How long does each step take until protection or restoration carries the light again?"""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from karakoram.core.fields import NotNegative, check_fields
from karakoram.core.provenance import Provenance
from karakoram.refdata.packaged import packaged_folder, read_packaged


class SwitchingStep(Enum):
    """What happens on the way back to light."""

    DETECTION = "detection"
    SELECTOR = "selector"
    PATH_COMPUTATION = "path_computation"
    CROSS_CONNECT = "cross_connect"
    SETTLING_PER_HOP = "settling_per_hop"


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchingTime:
    """The time of one step."""

    switching_time_id: str
    name: str
    step: SwitchingStep
    time_ms: NotNegative
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@cache
def read_switching_times() -> tuple[SwitchingTime, ...]:
    """The time of every step, one each.

    >>> [time.step.value for time in read_switching_times()][:2]
    ['detection', 'selector']
    """
    found = read_packaged(packaged_folder("library"), "switching_times", record_type=SwitchingTime)
    assert {time.step for time in found} == set(SwitchingStep), "one time for each step"
    return found
