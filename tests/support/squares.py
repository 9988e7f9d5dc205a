"""A plain topology of four sites that can be followed by hand: a ring with a chord, and a road."""

from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.topology import Topology, TopologySection, TopologySite
from karakoram.planning.restoration.topology_plant import TopologyFigures
from karakoram.planning.traffic.widths import ReachStep, SlotRule

HERE = Provenance(source="made for this test", confidence=Confidence.ASSUMED)
REACH = (
    ReachStep(reach_km=150.0, bit_per_s_per_hz=4.0),
    ReachStep(reach_km=1_000.0, bit_per_s_per_hz=2.0),
)


def square(*, places=True):
    """A-B, B-C, C-D, D-A of 100 km each; A-B and D-A lie on one road."""
    corners = {"A": (0.0, 0.0), "B": (0.9, 0.0), "C": (0.9, 0.9), "D": (0.0, 0.9)}
    road = {"A-B": ("ROAD",), "D-A": ("ROAD",)}
    return Topology(
        name="square",
        sites=tuple(
            TopologySite(
                site_id=name,
                longitude_deg=at[0] if places else None,
                latitude_deg=at[1] if places else None,
            )
            for name, at in corners.items()
        ),
        sections=tuple(
            TopologySection(
                section_id=name,
                a_site_id=name[0],
                z_site_id=name[-1],
                length_km=100.0,
                risk_group_ids=road.get(name, ()),
            )
            for name in ("A-B", "B-C", "C-D", "D-A")
        ),
        provenance=HERE,
    )


def figures(**given):
    """100 and 200 Gb/s over 20 slots, one failure in 100 km and year, 10 h to mend it."""
    return TopologyFigures(
        **{
            "slot_rule": SlotRule(reach_table=REACH, bit_rates_gbps=(100.0, 200.0), guard_slots=0),
            "slot_count": 20,
            "ways_max": 4,
            "failures_per_1000_km_year": 10.0,
            "mttr_h": 10.0,
            "confidence": Confidence.STATED,
            **given,
        }
    )
