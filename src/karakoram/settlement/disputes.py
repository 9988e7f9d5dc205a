"""What is said to be wrong with an invoice or a statement, and how does it end (ITU-T D.170)?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import DisputeId
from karakoram.core.life import Life
from karakoram.core.money import Money
from karakoram.settlement.record_rules import one_currency


class DisputedKind(Enum):
    """What is disputed."""

    INVOICE = "invoice"
    STATEMENT = "statement"


class DisputeState(Enum):
    """Where a dispute stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """In full or in part, by a credit note."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class DisputeEvent(Enum):
    """What can happen to a dispute."""

    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"


DISPUTE_LIFE: Life[DisputeState, DisputeEvent] = Life(
    subject="dispute",
    first=DisputeState.OPEN,
    transitions={
        DisputeState.OPEN: {
            DisputeEvent.ACCEPT: DisputeState.ACCEPTED,
            DisputeEvent.REJECT: DisputeState.REJECTED,
            DisputeEvent.WITHDRAW: DisputeState.WITHDRAWN,
        },
        DisputeState.ACCEPTED: {},
        DisputeState.REJECTED: {},
        DisputeState.WITHDRAWN: {},
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """That a line is said to be wrong, by how much and why."""

    dispute_id: DisputeId
    number: str
    kind: DisputedKind
    subject_id: str
    """The invoice or statement."""
    other_subject_id: str = ""
    """Of a statement, that of the owner that would pay."""
    line_key: str
    raised_by: str
    """Buyer or operator."""
    against: str
    """The operator that would pay."""
    claimed: Money
    """Positive: what should be given back or moved."""
    granted: Money
    """What was; zero while it is open."""
    reason: str
    answer: str = ""
    opened_on: date
    state: DisputeState
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        if self.claimed.minor <= 0:
            raise ValueError(f"Dispute.claimed must be greater than 0, got {self.claimed}")
        if not 0 <= self.granted.minor <= self.claimed.minor:
            raise ValueError(f"Dispute.granted must be 0 to {self.claimed}, got {self.granted}")
        is_open = self.state is DisputeState.OPEN
        is_for_statement = self.kind is DisputedKind.STATEMENT
        check_rules(
            self,
            one_currency(self.claimed.currency, [self.granted], of="granted"),
            (
                not (is_open and self.granted.minor),
                f"granted must be 0 while open, got {self.granted}",
            ),
            (
                is_for_statement or not self.other_subject_id,
                f"other_subject_id is of a statement alone, got {self.other_subject_id!r}",
            ),
        )
