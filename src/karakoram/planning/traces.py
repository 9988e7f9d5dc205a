"""Which figures does an offer rest on, and where does each come from?"""

from collections.abc import Iterator, Sequence

from karakoram.core.identifiers import SpanId
from karakoram.core.provenance import Confidence, Provenance, weakest
from karakoram.engines.routing import risks_in
from karakoram.network.network import DesignRules, Network
from karakoram.network.records import EquipmentKind
from karakoram.network.standing import line_amplifier_types, standing_type_ids
from karakoram.planning.offers import Lightpath, OfferPrice, RiskSort, ServicePath, TracedFigure
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.prepare import PreparedNetwork
from karakoram.refdata.equipment import AmplifierType, RoadmType

_RULES_SHOWN = {
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
        subject="method",
        figure=text,
        provenance=Provenance(
            source=_METHOD_SOURCE, confidence=Confidence.ASSUMED, note="docs/theory/design.md"
        ),
    )
    for text in (
        "light passes hand-overs and landing stations without regeneration where margin allows",
        "every ROADM site can house regenerators",
        "amplifiers on land have flat gain, so Raman tilt builds up from ROADM to ROADM",
        "noise is that of a fully loaded band; the worst channel decides",
        "components fail independently of each other but for the common causes listed",
        "latency is that of the fibre; transponders and FEC add some microseconds each",
    )
)
"""What the planner must know of how the figures were made, whatever the network."""


_NOT_PRICED = Provenance(
    source=_METHOD_SOURCE,
    confidence=Confidence.ASSUMED,
    note="the price book has no row for it; a price of 0 must be written as 0",
)


def traced_figures(
    prepared: PreparedNetwork, *, paths: Sequence[PathPlan], price: OfferPrice
) -> tuple[TracedFigure, ...]:
    """Every figure behind an offer, once, in the order: route, plant, light, failures, money."""
    network = prepared.network
    span_ids = tuple(dict.fromkeys(span_id for path in paths for span_id in path.span_ids))
    found = (
        *_METHOD,
        *_lengths(network, span_ids),
        *_fibre(network, span_ids),
        *_huts(prepared, paths),
        *_equipment(prepared, paths),
        *_modes(network, paths),
        *_submarine(network, span_ids),
        *_rules(network.rules),
        *_failures(network, span_ids),
        *_common_causes(prepared, paths),
        *_prices(network, price),
    )
    return tuple(dict.fromkeys(found))


def gsnr_confidence(network: Network, path: ServicePath, lightpath: Lightpath) -> Confidence:
    """How far the GSNR of a lightpath of the path may be trusted: no further than what made it.

    That is the rules of the lines, their fibre and amplifiers, submarine designs, ROADM and mode.
    """
    rules, library = network.rules, network.library
    begin, end = (path.site_ids.index(it) for it in (lightpath.a_site_id, lightpath.z_site_id))
    spans = [network.spans[span_id] for span_id in path.span_ids[begin:end]]
    cables = {span.cable_id: network.cables[span.cable_id] for span in spans}
    systems = [network.submarine_systems[key] for key in cables if key in network.submarine_systems]
    amplifiers = {
        rules.booster_type_id,
        rules.line_amplifier_type_id,
        rules.preamplifier_type_id,
        *(system.repeater_type_id for system in systems),
    }
    inputs = (
        rules.ots_length_km_max,
        rules.launch_power_dbm,
        rules.connector_loss_db,
        *((rules.published_design_gap_db,) if systems else ()),
        *spans,
        *(library.fibre_types[cable.fibre_type_id] for cable in cables.values()),
        *systems,
        *(library.amplifier_types[type_id] for type_id in amplifiers),
        library.roadm_types[rules.roadm_type_id],
        library.transceiver_modes[lightpath.transceiver_mode_id],
    )
    return weakest((Confidence.DERIVED, *(item.provenance.confidence for item in inputs)))


def _lengths(network: Network, span_ids: Sequence[SpanId]) -> Iterator[TracedFigure]:
    for span_id in span_ids:
        span = network.spans[span_id]
        status = f"; {span.status_note}" if span.status_note else ""
        yield TracedFigure(
            subject="glass length",
            figure=f"{span_id} {span.length_km:g} km ({span.length_basis.value}{status})",
            provenance=span.provenance,
        )


def _fibre(network: Network, span_ids: Sequence[SpanId]) -> Iterator[TracedFigure]:
    for span_id in span_ids:
        fibre = network.library.fibre_types[
            network.cables[network.spans[span_id].cable_id].fibre_type_id
        ]
        yield TracedFigure(
            subject="fibre",
            figure=f"{fibre.name}: {fibre.attenuation_db_per_km:g} dB/km, "
            f"{fibre.dispersion_ps_per_nm_km:g} ps/(nm km), group index {fibre.group_index:g}",
            provenance=fibre.provenance,
        )


def _huts(prepared: PreparedNetwork, paths: Sequence[PathPlan]) -> Iterator[TracedFigure]:
    rule = prepared.network.rules.ots_length_km_max
    derived = Provenance(
        source="rule: farthest amplifier site in reach, else equal parts of at most "
        f"{rule.value:g} km",
        confidence=rule.provenance.confidence,
        note=rule.provenance.source,
    )
    for path in paths:
        for key in path.lines:
            for section in prepared.plant.lines[key].ots:
                if section.z_place.is_derived:
                    yield TracedFigure(
                        subject="derived amplifier hut",
                        figure=section.z_place.label,
                        provenance=derived,
                    )


def _equipment(prepared: PreparedNetwork, paths: Sequence[PathPlan]) -> Iterator[TracedFigure]:
    """Each type that stands along the paths, once for each part it plays."""
    network, plant = prepared.network, prepared.plant
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    lines = [plant.lines[key] for path in paths for key in path.lines]
    amplifiers: dict[tuple[str, str], AmplifierType] = {}
    roadms: dict[str, RoadmType] = {}
    for oms in lines:
        for site_id in (oms.a_site_id, oms.z_site_id):
            kind = plant.roadm_types[site_id]
            roadms[kind.roadm_type_id] = kind
        if oms.submarine_cable_id is None:
            first, *between, last = line_amplifier_types(network, oms, standing=standing)
            amplifiers["booster", first.amplifier_type_id] = first
            amplifiers |= {("line amplifier", kind.amplifier_type_id): kind for kind in between}
            amplifiers["preamplifier", last.amplifier_type_id] = last
    for (place, _), amplifier in amplifiers.items():
        yield TracedFigure(
            subject=place,
            figure=f"{amplifier.name}: noise figure {amplifier.noise_figure_db:g} dB, "
            f"{amplifier.failures_fit:g} FIT",
            provenance=amplifier.provenance,
        )
    for roadm in roadms.values():
        yield TracedFigure(
            subject="ROADM",
            figure=f"{roadm.name}: add/drop OSNR {roadm.add_drop_osnr_db:g} dB, "
            f"express {roadm.express_osnr_db:g} dB, {roadm.failures_fit:g} FIT",
            provenance=roadm.provenance,
        )


def _modes(network: Network, paths: Sequence[PathPlan]) -> Iterator[TracedFigure]:
    for path in paths:
        for lightpath in path.lightpaths:
            mode = network.library.transceiver_modes[lightpath.transceiver_mode_id]
            yield TracedFigure(
                subject="transceiver mode",
                figure=f"{mode.name}: required OSNR {mode.required_osnr_db:g} dB, "
                f"{mode.spacing_ghz_min:g} GHz, {mode.failures_fit:g} FIT",
                provenance=mode.provenance,
            )


def _submarine(network: Network, span_ids: Sequence[SpanId]) -> Iterator[TracedFigure]:
    for span_id in span_ids:
        system = network.submarine_systems.get(network.spans[span_id].cable_id)
        if system is not None:
            yield TracedFigure(
                subject="submarine design",
                figure=f"{system.cable_id}: {system.design_basis.value}, "
                f"{system.repeater_spacing_km:g} km spacing, "
                f"{system.repeater_output_power_dbm:g} dBm in {system.usable_bandwidth_thz:g} THz",
                provenance=system.provenance,
            )


def _rules(rules: DesignRules) -> Iterator[TracedFigure]:
    for name, text in _RULES_SHOWN.items():
        figure = getattr(rules, name)
        yield TracedFigure(
            subject="design rule", figure=text.format(figure.value), provenance=figure.provenance
        )


def _failures(network: Network, span_ids: Sequence[SpanId]) -> Iterator[TracedFigure]:
    for span_id in span_ids:
        failures = network.failure_classes[network.spans[span_id].failure_class_id]
        yield TracedFigure(
            subject="failure rate",
            figure=f"{failures.name}: {failures.failures_per_1000_km_year:g} per 1,000 km a year, "
            f"repaired in {failures.mttr_h:g} h",
            provenance=failures.provenance,
        )


def _common_causes(prepared: PreparedNetwork, paths: Sequence[PathPlan]) -> Iterator[TracedFigure]:
    exposed = 0
    for path in paths:
        exposed |= path.risk_mask
    for bit in risks_in(exposed):
        if bit < len(prepared.graph.risks):
            risk = prepared.graph.risks[bit]
            if risk.sort is RiskSort.RISK_GROUP:
                yield TracedFigure(
                    subject="common cause",
                    figure=f"{risk.name}: {risk.unavailable_min_per_year:.1f} min a year",
                    provenance=risk.provenance,
                )


def _prices(network: Network, price: OfferPrice) -> Iterator[TracedFigure]:
    """What lacks a price first, for it hides money."""
    for operator_id, unit in price.not_priced:
        yield TracedFigure(
            subject="price",
            figure=f"no price for {unit.value}s of {operator_id}: counted as 0",
            provenance=_NOT_PRICED,
        )
    for line in price.lines:
        item = network.prices[line.price_id]
        yield TracedFigure(
            subject="price",
            figure=f"{item.operator_id} {item.bit_rate_gbps:g}G per {item.unit.value}, "
            f"{item.period.value}: {item.currency} {item.amount}",
            provenance=item.provenance,
        )
