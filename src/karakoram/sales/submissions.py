"""What exactly did somebody send who asked for a quote, an order or a qualification?"""

from dataclasses import dataclass

from karakoram.core.identifiers import PartyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A request as it was sent, so that answers repeat what the platform itself does not use."""

    submission_id: str
    """Identifier of the record that came of it."""
    buyer_id: PartyId
    dialect: str
    """The interface whose words it is in, e.g. ``TMF648``."""
    body: str
    """JSON, its names sorted."""
    version: int = 0
