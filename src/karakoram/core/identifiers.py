"""What are things called, and which name did the user probably mean?"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NewType

OperatorId = NewType("OperatorId", str)
SiteId = NewType("SiteId", str)
CableId = NewType("CableId", str)
SpanId = NewType("SpanId", str)
SectionId = NewType("SectionId", str)
TopologyId = NewType("TopologyId", str)
RiskGroupId = NewType("RiskGroupId", str)
HandoverId = NewType("HandoverId", str)
EquipmentId = NewType("EquipmentId", str)
FailureClassId = NewType("FailureClassId", str)
PriceId = NewType("PriceId", str)
FibreTypeId = NewType("FibreTypeId", str)
AmplifierTypeId = NewType("AmplifierTypeId", str)
RoadmTypeId = NewType("RoadmTypeId", str)
TransceiverModeId = NewType("TransceiverModeId", str)
LegId = NewType("LegId", str)
RiskToken = NewType("RiskToken", str)
PartyId = NewType("PartyId", str)
ResourceId = NewType("ResourceId", str)
ClaimId = NewType("ClaimId", str)
QualificationId = NewType("QualificationId", str)
QuoteId = NewType("QuoteId", str)
OfferId = NewType("OfferId", str)
ProductOrderId = NewType("ProductOrderId", str)
LegOrderId = NewType("LegOrderId", str)
PurchaseId = NewType("PurchaseId", str)
ProductId = NewType("ProductId", str)
OutageId = NewType("OutageId", str)
AgreementId = NewType("AgreementId", str)
InvoiceId = NewType("InvoiceId", str)
CreditNoteId = NewType("CreditNoteId", str)
StatementId = NewType("StatementId", str)
DisputeId = NewType("DisputeId", str)
AccountId = NewType("AccountId", str)
TransferId = NewType("TransferId", str)
ApiClientId = NewType("ApiClientId", str)
JobId = NewType("JobId", str)
ExternalId = NewType("ExternalId", str)
"""What the buyer calls a request; with the buyer it makes a retry safe."""


_LIKENESS_MIN = 0.6
"""Share of letters in common, as difflib counts it, from which a name is proposed; its default."""


def near_misses(word: str, known: Iterable[str], *, at_most: int = 3) -> tuple[str, ...]:
    """The known names most like ``word``, best first, ignoring case.

    >>> near_misses("Gilgt", ["Gilgit", "Karachi", "Chilas"])
    ('Gilgit',)
    """
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_folded, n=at_most, cutoff=_LIKENESS_MIN)
    return tuple(by_folded[folded] for folded in close)
