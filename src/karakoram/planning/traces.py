"""Which figures does an offer rest on, and where does each come from?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar, runtime_checkable

from karakoram.core.identifiers import CableId, FailureClassId
from karakoram.core.provenance import Confidence, Provenance, derived_confidence, weakest
from karakoram.engines.routing import risks_in
from karakoram.network.columns import fibre_type_of
from karakoram.network.network import DesignRules, Network
from karakoram.network.prices import ChargePeriod, PriceItem
from karakoram.network.records import EquipmentKind, FailureClass, Span
from karakoram.network.sections import Oms, Ots, oms_from_chain
from karakoram.network.standing import (
    line_amplifier_types,
    standing_roadm_types,
    standing_type_ids,
)
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.planning.offers import (
    Lightpath,
    OfferPrice,
    RiskSort,
    ServicePath,
    TracedFigure,
)
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.risks import Risk
from karakoram.refdata.equipment import AmplifierType, FibreType, RoadmType, TransceiverMode

METHOD_SUBJECT = "method"
"""Subject of the figures that hold for every network; they stand weightiest first."""

_RULES_SHOWN: Mapping[str, str] = {
    "ots_length_km_max": "longest fibre between amplifiers {:g} km",
    "launch_power_dbm": "launch power {:g} dBm in 50 GHz",
    "band_lower_thz": "band from {:g} THz",
    "band_upper_thz": "band to {:g} THz",
    "connector_loss_db": "connector loss {:g} dB at each end of an OTS",
    "margin_db": "system margin {:g} dB",
    "published_design_gap_db": "published submarine design {:g} dB from Shannon",
    "site_failures_fit": "site power {:g} FIT",
    "site_mttr_h": "site power repaired in {:g} h",
}


_METHOD_SOURCE = "method of this program"

_METHOD = tuple(
    TracedFigure(
        subject=METHOD_SUBJECT,
        figure=text,
        provenance=Provenance(
            source=_METHOD_SOURCE, confidence=Confidence.ASSUMED, note="docs/theory/design.md"
        ),
    )
    for text in (
        "every ROADM site can house regenerators",
        "light passes hand-overs and landing stations without regeneration where margin allows",
        "components fail independently of each other but for the common causes listed",
        "noise is that of a fully loaded band; the worst channel decides",
        "amplifiers on land have flat gain, so Raman tilt builds up from ROADM to ROADM",
        "latency is that of the fibre; transponders and FEC add some microseconds each",
    )
)
"""What the planner must know of how the figures were made, whatever the network.

First what decides whether light arrives and what must be bought, then what moves the minutes a
year, then what moves tenths of a decibel, last what moves microseconds.
"""


_NOT_PRICED = Provenance(
    source=_METHOD_SOURCE,
    confidence=Confidence.ASSUMED,
    note="the price book has no row for it; a price of 0 must be written as 0",
)


@runtime_checkable
class _Sourced(Protocol):
    """Whatever says where its figures come from."""

    @property
    def provenance(self) -> Provenance: ...


_SourcedT = TypeVar("_SourcedT", bound=_Sourced)


def traced_figures(
    prepared: PreparedNetwork, *, paths: Sequence[PathPlan], price: OfferPrice
) -> tuple[TracedFigure, ...]:
    """Every figure behind an offer, once.

    In the order method, route, plant, light, failures, money; among figures of one subject
    those that weigh most in this offer come first: the longest spans, the dearest prices, what
    costs most minutes a year.

    Parameters
    ----------
    prepared
        The network that the offer was designed on.
    paths
        The paths of the offer, working first.
    price
        The price of the offer.
    """
    network, plant = prepared.network, prepared.plant
    span_ids = dict.fromkeys(span_id for path in paths for span_id in path.span_ids)
    spans = sorted(
        (network.spans[span_id] for span_id in span_ids), key=lambda span: -span.length_km
    )
    lines = [plant.lines[key] for path in paths for key in path.lines]
    modes = [
        network.library.transceiver_modes[lightpath.transceiver_mode_id]
        for path in paths
        for lightpath in path.lightpaths
    ]
    cables = dict.fromkeys(span.cable_id for span in spans)
    fibres = [network.library.fibre_types[network.cables[key].fibre_type_id] for key in cables]
    systems = [network.submarine_systems[key] for key in cables if key in network.submarine_systems]
    found = (
        *_METHOD,
        *_told("glass length", spans, _length_text),
        *_told("fibre", fibres, _fibre_text),
        *_huts(network.rules, lines),
        *_equipment(prepared, lines),
        *_told("transceiver mode", modes, _mode_text),
        *_told("submarine design", systems, _system_text),
        *_rules(network.rules),
        *_failures(network, spans),
        *_told("common cause", _common_causes(prepared, paths), _cause_text),
        *_prices(network, price),
    )
    return tuple(dict.fromkeys(found))


def gsnr_confidence(network: Network, path: ServicePath, *lightpaths: Lightpath) -> Confidence:
    """How far the GSNR of lightpaths may be trusted: no further than anything that made it.

    That is, of each line that the light crosses: the lengths; on land the fibre figures used,
    the amplifier types that stand there and the rules of the line; in the sea the system's
    record with its repeaters and fibre, or its published capacity. Then the ROADM types that
    stand at the ends of the lines, the band and the transceiver modes. Never better than derived.

    Parameters
    ----------
    network
        The network that the path was designed on.
    path
        The path; its profile says where its lines begin.
    lightpaths
        One or more lightpaths of the path.
    """
    lines = [oms for each in lightpaths for oms in _lines_crossed(network, path, each)]
    mode_ids = dict.fromkeys(each.transceiver_mode_id for each in lightpaths)
    modes = (network.library.transceiver_modes[mode_id] for mode_id in mode_ids)
    return weakest(
        (crossed_confidence(network, lines), *(mode.provenance.confidence for mode in modes))
    )


def crossed_confidence(network: Network, lines: Sequence[Oms]) -> Confidence:
    """How far the GSNR over lines may be trusted, the ROADMs at their ends included."""
    types = standing_roadm_types(network)
    ends = (types[site_id] for oms in lines for site_id in (oms.a_site_id, oms.z_site_id))
    return weakest((lines_confidence(network, lines), *(one.provenance.confidence for one in ends)))


def lines_confidence(network: Network, lines: Iterable[Oms]) -> Confidence:
    """How far the GSNR of lines alone may be trusted, without what stands at their ends."""
    rules, every = network.rules, tuple(lines)
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    amplifiers = (
        amplifier
        for oms in every
        if oms.submarine_cable_id is None
        for amplifier in line_amplifier_types(network, oms, standing=standing)
    )
    inputs: tuple[_Sourced, ...] = (
        rules.band_lower_thz,
        rules.band_upper_thz,
        *amplifiers,
        *(made for oms in every for made in _line_inputs(network, oms)),
    )
    return derived_confidence(item.provenance.confidence for item in inputs)


def _lines_crossed(network: Network, path: ServicePath, lightpath: Lightpath) -> list[Oms]:
    """The lines of a lightpath, cut where the profile begins one and where sea meets land."""
    begin, end = (path.site_ids.index(it) for it in (lightpath.a_site_id, lightpath.z_site_id))
    spans = [network.spans[span_id] for span_id in path.span_ids[begin:end]]
    site_ids = path.site_ids[begin:end]
    cut_at = {point.label for point in path.profile if point.power_in_dbm is None}
    wet = [_wet_cable(network, span) for span in spans]
    inner = (i for i in range(1, len(spans)) if site_ids[i] in cut_at or wet[i] != wet[i - 1])
    return [
        oms_from_chain(network, spans[first:last], site_ids[first])
        for first, last in pairwise((0, *inner, len(spans)))
    ]


def _wet_cable(network: Network, span: Span) -> CableId | None:
    return span.cable_id if span.cable_id in network.submarine_systems else None


def _line_inputs(network: Network, oms: Oms) -> Iterator[_Sourced]:
    """What made the noise of a line, its amplifiers on land and its ROADMs not counted."""
    yield from (network.spans[span_id] for span_id in oms.span_ids)
    rules = network.rules
    if oms.submarine_cable_id is None:
        yield from (rules.ots_length_km_max, rules.launch_power_dbm, rules.connector_loss_db)
        yield from _fibres_used(network, oms.ots)
        return
    system = network.submarine_systems[oms.submarine_cable_id]
    yield system
    if system.design_basis is DesignBasis.REPEATERS:
        yield network.library.amplifier_types[system.repeater_type_id]
        yield from _fibres_used(network, oms.ots)
    else:
        yield rules.published_design_gap_db
        cable = network.cables[oms.submarine_cable_id]
        if cable.published_length_km is not None:
            yield cable


def _fibres_used(network: Network, sections: Iterable[Ots]) -> Iterator[FibreType]:
    """Of each section that of its longest piece, and of all whose loss nobody has measured."""
    for section in sections:
        yield fibre_type_of(network, max(section.pieces, key=lambda piece: piece.length_km))
        for piece in section.pieces:
            if network.spans[piece.span_id].attenuation_db_per_km is None:
                yield fibre_type_of(network, piece)


def _told(
    subject: str, records: Iterable[_SourcedT], text: Callable[[_SourcedT], str]
) -> Iterator[TracedFigure]:
    """A figure of the subject for each record, with the source of the record."""
    for record in records:
        yield TracedFigure(subject=subject, figure=text(record), provenance=record.provenance)


def _length_text(span: Span) -> str:
    status = f"; {span.status_note}" if span.status_note else ""
    return f"{span.span_id} {span.length_km:g} km ({span.length_basis.value}{status})"


def _fibre_text(fibre: FibreType) -> str:
    return (
        f"{fibre.name}: {fibre.attenuation_db_per_km:g} dB/km, "
        f"{fibre.dispersion_ps_per_nm_km:g} ps/(nm km), group index {fibre.group_index:g}"
    )


def _mode_text(mode: TransceiverMode) -> str:
    return (
        f"{mode.name}: required OSNR {mode.required_osnr_db:g} dB, "
        f"{mode.spacing_ghz_min:g} GHz, {mode.failures_fit:g} FIT"
    )


def _system_text(system: SubmarineSystem) -> str:
    return (
        f"{system.cable_id}: {system.design_basis.value}, "
        f"{system.repeater_spacing_km:g} km spacing, "
        f"{system.repeater_output_power_dbm:g} dBm in {system.usable_bandwidth_thz:g} THz"
    )


def _amplifier_text(amplifier: AmplifierType) -> str:
    return (
        f"{amplifier.name}: noise figure {amplifier.noise_figure_db:g} dB, "
        f"{amplifier.failures_fit:g} FIT"
    )


def _roadm_text(roadm: RoadmType) -> str:
    return (
        f"{roadm.name}: add/drop OSNR {roadm.add_drop_osnr_db:g} dB, "
        f"express {roadm.express_osnr_db:g} dB, {roadm.failures_fit:g} FIT"
    )


def _cause_text(risk: Risk) -> str:
    return f"{risk.name}: {risk.unavailable_min_per_year:.1f} min a year"


def _huts(rules: DesignRules, lines: Iterable[Oms]) -> Iterator[TracedFigure]:
    rule = rules.ots_length_km_max
    derived = Provenance(
        source="rule: farthest amplifier site in reach, else equal parts of at most "
        f"{rule.value:g} km",
        confidence=rule.provenance.confidence,
        note=rule.provenance.source,
    )
    places = (section.z_place for oms in lines for section in oms.ots)
    for place in places:
        if place.is_derived:
            yield TracedFigure(
                subject="derived amplifier hut", figure=place.label, provenance=derived
            )


def _equipment(prepared: PreparedNetwork, lines: Sequence[Oms]) -> Iterator[TracedFigure]:
    """Each type that stands along the lines, once for each part it plays."""
    network = prepared.network
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    chains = [
        line_amplifier_types(network, oms, standing=standing)
        for oms in lines
        if oms.submarine_cable_id is None
    ]
    ends = [site_id for oms in lines for site_id in (oms.a_site_id, oms.z_site_id)]
    between = [kind for chain in chains for kind in chain[1:-1]]
    yield from _told("booster", (chain[0] for chain in chains), _amplifier_text)
    yield from _told("line amplifier", between, _amplifier_text)
    yield from _told("preamplifier", (chain[-1] for chain in chains), _amplifier_text)
    yield from _told("ROADM", (prepared.plant.roadm_types[site] for site in ends), _roadm_text)


def _rules(rules: DesignRules) -> Iterator[TracedFigure]:
    for name, text in _RULES_SHOWN.items():
        figure = getattr(rules, name)
        yield TracedFigure(
            subject="design rule", figure=text.format(figure.value), provenance=figure.provenance
        )


def _failures(network: Network, spans: Iterable[Span]) -> Iterator[TracedFigure]:
    """The classes of the spans, first that which costs most: kilometres times rate times repair."""
    weight: dict[FailureClassId, float] = {}
    for span in spans:
        kind = network.failure_classes[span.failure_class_id]
        hours = span.length_km * kind.failures_per_1000_km_year * kind.mttr_h
        weight[kind.failure_class_id] = weight.get(kind.failure_class_id, 0.0) + hours
    by_weight = sorted(weight, key=lambda class_id: -weight[class_id])
    return _told("failure rate", map(network.failure_classes.__getitem__, by_weight), _rate_text)


def _rate_text(failures: FailureClass) -> str:
    return (
        f"{failures.name}: {failures.failures_per_1000_km_year:g} per 1,000 km a year, "
        f"repaired in {failures.mttr_h:g} h"
    )


def _common_causes(prepared: PreparedNetwork, paths: Iterable[PathPlan]) -> list[Risk]:
    exposed = 0
    for path in paths:
        exposed |= path.risk_mask
    risks = prepared.graph.risks
    groups = (
        risks[bit]
        for bit in risks_in(exposed)
        if bit < len(risks) and risks[bit].sort is RiskSort.RISK_GROUP
    )
    return sorted(groups, key=lambda risk: -risk.unavailability)


def _prices(network: Network, price: OfferPrice) -> Iterator[TracedFigure]:
    """What lacks a price first, for it hides money; then what recurs, the dearest first."""
    for operator_id, unit in price.not_priced:
        yield TracedFigure(
            subject="price",
            figure=f"no price for {unit.value}s of {operator_id}: counted as 0",
            provenance=_NOT_PRICED,
        )
    dearest_first = sorted(
        price.lines, key=lambda line: (line.period is not ChargePeriod.MONTH, -line.amount.minor)
    )
    items = (network.prices[line.price_id] for line in dearest_first)
    yield from _told("price", items, _price_text)


def _price_text(item: PriceItem) -> str:
    return (
        f"{item.operator_id} {item.bit_rate_gbps:g}G per {item.unit.value}, "
        f"{item.period.value}: {item.currency} {item.amount}"
    )
