"""A figure that a file leaves out."""

from karakoram.core.provenance import Assumption, Confidence, Provenance

ASSUMED = Assumption(
    file="net.json",
    field="elements[].params.att_in",
    value="padding_db = 0",
    places=3,
    provenance=Provenance(source="a page", confidence=Confidence.ASSUMED),
)
