"""What do a partner's words for its order mean for the leg that it carries out?

The states of an order are those of MEF LSO Sonata product order v11
(``MEFProductOrderStateType``).
"""

from collections.abc import Mapping
from enum import Enum

from karakoram.sales.orders import LegEvent, LegState


class PartnerOrderState(Enum):
    """Where a partner says that an order stands."""

    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "inProgress"
    HELD = "held.assessingCharge"
    ASSESSING_CANCELLATION = "assessingCancellation"
    ASSESSING_MODIFICATION = "pending.assessingModification"
    CANCELLING = "pendingCancellation"
    COMPLETED = "completed"
    PARTIAL = "partial"
    """An end: some item failed, another did not."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


_S = PartnerOrderState
ENDED = frozenset({_S.COMPLETED, _S.PARTIAL, _S.FAILED, _S.CANCELLED, _S.REJECTED})
"""Nothing follows them."""
_STOPPED = frozenset({_S.HELD, _S.ASSESSING_CANCELLATION, _S.ASSESSING_MODIFICATION, _S.CANCELLING})
_NEVER_AFTER: Mapping[PartnerOrderState, frozenset[PartnerOrderState]] = {
    _S.IN_PROGRESS: frozenset({_S.ACKNOWLEDGED, _S.REJECTED}),
    _S.HELD: frozenset({_S.ACKNOWLEDGED, _S.REJECTED}),
    _S.ASSESSING_MODIFICATION: frozenset({_S.ACKNOWLEDGED, _S.REJECTED}),
    _S.CANCELLING: frozenset(set(_S) - {_S.CANCELLING, _S.CANCELLED}),
    **{ended: frozenset(set(_S) - {ended}) for ended in ENDED},
}
"""What cannot be told after each; we look now and then, so anything between may have passed."""


def may_follow(before: PartnerOrderState, after: PartnerOrderState) -> bool:
    """Whether an order that stood at ``before`` can stand at ``after`` when it is looked at again.

    >>> may_follow(PartnerOrderState.ACKNOWLEDGED, PartnerOrderState.COMPLETED)
    True
    >>> may_follow(PartnerOrderState.COMPLETED, PartnerOrderState.IN_PROGRESS)
    False
    """
    return after not in _NEVER_AFTER.get(before, frozenset())


def leg_state(told: PartnerOrderState) -> LegState:
    """Where the leg stands once its partner has told so."""
    if told in _STOPPED:
        return LegState.HELD
    words = {
        _S.ACKNOWLEDGED: LegState.ACKNOWLEDGED,
        _S.IN_PROGRESS: LegState.IN_PROGRESS,
        _S.COMPLETED: LegState.COMPLETED,
    }
    return words.get(told, LegState.FAILED)


_ON_THE_WAY: Mapping[LegState, Mapping[LegState, LegEvent]] = {
    LegState.ACKNOWLEDGED: {
        LegState.IN_PROGRESS: LegEvent.START,
        LegState.HELD: LegEvent.HOLD,
        LegState.COMPLETED: LegEvent.START,
        LegState.FAILED: LegEvent.REJECT,
    },
    LegState.IN_PROGRESS: {
        LegState.HELD: LegEvent.HOLD,
        LegState.COMPLETED: LegEvent.COMPLETE,
        LegState.FAILED: LegEvent.FAIL,
    },
    LegState.HELD: {
        LegState.IN_PROGRESS: LegEvent.RESUME,
        LegState.COMPLETED: LegEvent.RESUME,
        LegState.FAILED: LegEvent.FAIL,
    },
}
"""The next event that leads from one state of a leg to another."""


def next_leg_event(now: LegState, wanted: LegState) -> LegEvent | None:
    """What happens next to a leg on its way to ``wanted``; ``None`` where nothing does.

    >>> next_leg_event(LegState.ACKNOWLEDGED, LegState.COMPLETED).value
    'start'
    """
    return _ON_THE_WAY.get(now, {}).get(wanted)
