"""A few resources, offerings and questions for tests of feasibility."""

from datetime import date

from karakoram.core.provenance import Confidence, Provenance
from karakoram.engines.multiplex import server_kind
from karakoram.sales.catalogue.configuration import ResourceNeed
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.words import FeasibilityCheck, MarketSegment, NeedPlace
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.questions import FeasibilityQuestion
from karakoram.sales.inventory.resources import Resource, ResourceStatus
from karakoram.sales.resource_kinds import ResourceKind

ASSUMED = Provenance(source="test", confidence=Confidence.ASSUMED)
A_END, Z_END = NeedPlace.A_END, NeedPlace.Z_END
ALONG, UPSTREAM = NeedPlace.ALONG_PATH, NeedPlace.UPSTREAM


def pool(kind, site_id, unit_count, **changes):
    """A resource at one site."""
    given = {
        "resource_id": f"{kind.value}:{site_id}",
        "kind": kind,
        "model": kind.value,
        "name": f"{site_id} {kind.value}",
        "operator_id": "SCO",
        "a_site_id": site_id,
        "unit_count": unit_count,
        "status": ResourceStatus.AVAILABLE,
        "provenance": ASSUMED,
    }
    return Resource(**{**given, **changes})


def joining(model, a, z, **changes):
    """A container of the multiplex between two sites, named ``A-Z MODEL``."""
    server = server_kind(model)
    kinds = {"ODU": ResourceKind.ODU, "STM": ResourceKind.STM, "E1": ResourceKind.E1}
    kind = next(kind for prefix, kind in kinds.items() if model.startswith(prefix))
    return linking(kind, a, z, units=server.slot_count, model=model, **changes)


def linking(kind, a, z, *, units, **changes):
    """A connection between two sites."""
    model = changes.pop("model", kind.value)
    given = {"resource_id": f"{a}-{z} {model}", "name": f"{a}-{z} {model}", "length_km": 100.0}
    return pool(kind, a, units, z_site_id=z, model=model, **{**given, **changes})


def need(kind, units=1, where=A_END):
    return ResourceNeed(kind=kind, where=where, units=units)


OFFERING = ProductOffering(
    product_offering_id="THING",
    name="A thing",
    product_specification_id="thing",
    operator_ids=("SCO",),
    segments=(MarketSegment.WHOLESALE,),
    lifecycle_status=LifecycleStatus.LAUNCHED,
    provenance=ASSUMED,
)


def question(*needs, check=FeasibilityCheck.SITE_PORT, offering=OFFERING, **values):
    """What a planner is asked."""
    return FeasibilityQuestion(
        offering=offering,
        configuration=configuration({"a_site": "GIL", **values}),
        check=check,
        needs=needs,
        seller_id="SCO",
        on_day=date(2026, 11, 1),
    )


class CountedIds:
    """Identifiers new-1, new-2, …"""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return f"new-{self.count}"
