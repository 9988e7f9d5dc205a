"""Can light run as the records say: powers, gains, bands and fibres, two records at a time?"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import AmplifierTypeId, RoadmTypeId, SiteId
from karakoram.core.units import db_from_linear, hz_from_ghz, hz_from_thz
from karakoram.network.network import REFERENCE_SLOT_GHZ, Network
from karakoram.network.records import CableMedium, EquipmentKind, Span, Status
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.refdata.equipment import AmplifierType, FibreType

HUTS_PER_SPAN_MAX = 2_000
"""The longest land lines have some hundreds; more is a slip in a unit, and takes all memory."""

_TOLERANCE_DB = 1e-6
"""Figures that meet exactly do not contradict each other."""


def optics_findings(network: Network) -> Iterator[Finding]:
    """Findings about figures of two records that cannot both hold, in table order."""
    yield from _band_and_slots(network)
    yield from _submarine_bands(network)
    yield from _fibres_without_dispersion(network)
    yield from _too_many_huts(network)
    yield from _repeaters(network)
    yield from _launch_power(network)
    yield from _booster_gain(network)
    yield from _section_loss(network)
    yield from _types_at_one_site(network)


def _widest_slot_ghz(network: Network) -> float:
    modes = network.library.transceiver_modes.values()
    return max((mode.spacing_ghz_min for mode in modes), default=0.0)


def _band_and_slots(network: Network) -> Iterator[Finding]:
    rules, slot_ghz = network.rules, _widest_slot_ghz(network)
    band_thz = rules.band_upper_thz.value - rules.band_lower_thz.value
    if hz_from_thz(band_thz) < hz_from_ghz(slot_ghz) * (1.0 - 1e-6):
        yield Finding(
            code="band-narrower-than-slot",
            place=Place(table="karakoram", record="rules", field="band_upper_thz"),
            message=f"a band of {band_thz:g} THz has no room for the widest slot of the "
            f"transceiver modes, {slot_ghz:g} GHz; widen the band or take the mode out",
        )


def _submarine_bands(network: Network) -> Iterator[Finding]:
    slot_ghz = _widest_slot_ghz(network)
    for cable_id, system in network.submarine_systems.items():
        if hz_from_thz(system.usable_bandwidth_thz) < hz_from_ghz(slot_ghz):
            yield Finding(
                code="usable-bandwidth-narrow",
                place=Place(
                    table="submarine_systems", record=cable_id, field="usable_bandwidth_thz"
                ),
                message=f"{system.usable_bandwidth_thz:g} THz are less than the widest slot of the "
                f"transceiver modes, {slot_ghz:g} GHz; check the unit, it is THz",
                severity=Severity.WARNING,
            )


def _lit_spans(network: Network) -> Iterator[tuple[Span, FibreType, bool]]:
    """Spans of fibre, their type, and whether they lie under water; unknown cables left out."""
    for span in network.spans.values():
        cable = network.cables.get(span.cable_id)
        if cable is None or cable.medium is CableMedium.MICROWAVE:
            continue
        fibre = network.library.fibre_types.get(cable.fibre_type_id)
        if fibre is not None:
            yield span, fibre, cable.medium is CableMedium.SUBMARINE


def _fibres_without_dispersion(network: Network) -> Iterator[Finding]:
    lit = {fibre.fibre_type_id: fibre for _, fibre, _ in _lit_spans(network)}
    for fibre in lit.values():
        if fibre.dispersion_ps_per_nm_km == 0.0:
            yield Finding(
                code="fibre-without-dispersion",
                place=Place(
                    table="fibre_types", record=fibre.fibre_type_id, field="dispersion_ps_per_nm_km"
                ),
                message="the model of nonlinear interference needs dispersion, got 0; standard "
                "fibre has about 16.7 ps/(nm km), G.655 about 5",
            )


def _too_many_huts(network: Network) -> Iterator[Finding]:
    limit_km = network.rules.ots_length_km_max.value
    on_land = [span for span, _, is_wet in _lit_spans(network) if not is_wet]
    longest = max(on_land, key=lambda span: span.length_km, default=None)
    if longest is not None and longest.length_km > HUTS_PER_SPAN_MAX * limit_km:
        yield Finding(
            code="too-many-huts",
            place=Place(table="karakoram", record="rules", field="ots_length_km_max"),
            message=f"at {limit_km:g} km between amplifiers span {longest.span_id} of "
            f"{longest.length_km:g} km needs more than {HUTS_PER_SPAN_MAX:,} huts; "
            "amplifiers stand 40 to 120 km apart",
        )


def _repeaters(network: Network) -> Iterator[Finding]:
    """Only where the repeaters are computed with; a published design does not use them."""
    for cable_id, system in network.submarine_systems.items():
        repeater = network.library.amplifier_types.get(system.repeater_type_id)
        if repeater is None or system.design_basis is not DesignBasis.REPEATERS:
            continue
        if system.repeater_output_power_dbm > repeater.output_power_dbm_max + _TOLERANCE_DB:
            yield Finding(
                code="repeater-power",
                place=Place(
                    table="submarine_systems", record=cable_id, field="repeater_output_power_dbm"
                ),
                message=f"{system.repeater_output_power_dbm:g} dBm are more than "
                f"{repeater.amplifier_type_id} gives, at most "
                f"{repeater.output_power_dbm_max:g} dBm; lower it, or name another type",
            )
        loss_db = _repeater_span_loss_db(network, system)
        if loss_db > repeater.gain_db_max + _TOLERANCE_DB:
            yield Finding(
                code="repeater-gain",
                place=Place(
                    table="submarine_systems", record=cable_id, field="repeater_spacing_km"
                ),
                message=f"{system.repeater_spacing_km:g} km lose {loss_db:.1f} dB, and "
                f"{repeater.amplifier_type_id} makes good at most {repeater.gain_db_max:g} dB; "
                "shorten the spacing, or name another type",
            )


def _repeater_span_loss_db(network: Network, system: SubmarineSystem) -> float:
    """Of the lossiest span of the cable; no repeater span is longer than the spacing."""
    return max(
        (
            _db_per_km(span, fibre) * min(system.repeater_spacing_km, span.length_km)
            for span, fibre, _ in _lit_spans(network)
            if span.cable_id == system.cable_id
        ),
        default=0.0,
    )


def _db_per_km(span: Span, fibre: FibreType) -> float:
    measured = span.attenuation_db_per_km
    return fibre.attenuation_db_per_km if measured is None else measured


def _amplifiers_on_land(network: Network) -> Iterator[tuple[Place, AmplifierType]]:
    """Each amplifier type of the design rules and of equipment in service, and who names it."""
    known, rules = network.library.amplifier_types, network.rules
    named = [
        (Place(table="karakoram", record="equipment", field=field), getattr(rules, field))
        for field in ("booster_type_id", "line_amplifier_type_id", "preamplifier_type_id")
    ]
    named += [
        (Place(table="equipment", record=item.equipment_id, field="type_id"), item.type_id)
        for item in network.equipment.values()
        if item.kind is EquipmentKind.LINE_AMPLIFIER and item.status is Status.IN_SERVICE
    ]
    for place, type_id in named:
        amplifier = known.get(AmplifierTypeId(type_id))
        if amplifier is not None:
            yield place, amplifier


def _launch_power(network: Network) -> Iterator[Finding]:
    rules = network.rules
    band_thz = rules.band_upper_thz.value - rules.band_lower_thz.value
    slots = hz_from_thz(band_thz) / hz_from_ghz(REFERENCE_SLOT_GHZ)
    total_dbm = rules.launch_power_dbm.value + float(db_from_linear(np.array(slots)))
    for place, amplifier in _amplifiers_on_land(network):
        if total_dbm > amplifier.output_power_dbm_max + _TOLERANCE_DB:
            yield Finding(
                code="launch-power",
                place=place,
                message=f"{rules.launch_power_dbm.value:g} dBm in {REFERENCE_SLOT_GHZ:g} GHz over "
                f"{band_thz:g} THz are {total_dbm:.1f} dBm, and {amplifier.amplifier_type_id} "
                f"gives at most {amplifier.output_power_dbm_max:g} dBm; lower "
                "rules.launch_power_dbm, narrow the band, or name another type",
            )


def _booster_gain(network: Network) -> Iterator[Finding]:
    rules = network.rules
    booster = network.library.amplifier_types.get(rules.booster_type_id)
    named = [
        (Place(table="karakoram", record="equipment", field="roadm_type_id"), rules.roadm_type_id)
    ]
    named += [
        (
            Place(table="equipment", record=item.equipment_id, field="type_id"),
            RoadmTypeId(item.type_id),
        )
        for item in network.equipment.values()
        if item.kind is EquipmentKind.ROADM and item.status is not Status.RETIRED
    ]
    for place, type_id in named:
        roadm = network.library.roadm_types.get(type_id)
        if roadm is None or booster is None:
            continue
        gain_db = rules.launch_power_dbm.value - roadm.output_power_dbm
        if gain_db > booster.gain_db_max + _TOLERANCE_DB:
            yield Finding(
                code="booster-gain",
                place=place,
                message=f"from {roadm.output_power_dbm:g} dBm of {roadm.roadm_type_id} to the "
                f"launch power are {gain_db:g} dB, and {booster.amplifier_type_id} has at most "
                f"{booster.gain_db_max:g} dB; lower rules.launch_power_dbm, or name other types",
            )


def _section_loss(network: Network) -> Iterator[Finding]:
    rules = network.rules
    per_km_db = max(
        (_db_per_km(span, fibre) for span, fibre, is_wet in _lit_spans(network) if not is_wet),
        default=0.0,
    )
    connectors_db = 2.0 * rules.connector_loss_db.value
    loss_db = per_km_db * rules.ots_length_km_max.value + connectors_db
    for place, amplifier in _amplifiers_on_land(network):
        is_booster = place.field == "booster_type_id"
        if per_km_db and not is_booster and loss_db > amplifier.gain_db_max + _TOLERANCE_DB:
            yield Finding(
                code="section-loss",
                place=place,
                message=f"the longest section allowed, {rules.ots_length_km_max.value:g} km at "
                f"{per_km_db:g} dB/km, loses {loss_db:.1f} dB with its connectors, and "
                f"{amplifier.amplifier_type_id} makes good at most {amplifier.gain_db_max:g} dB; "
                "what lacks is lost; shorten rules.ots_length_km_max, or name another type",
                severity=Severity.WARNING,
            )


def _types_at_one_site(network: Network) -> Iterator[Finding]:
    named: dict[tuple[SiteId, EquipmentKind], dict[str, str]] = defaultdict(dict)
    for item in network.equipment.values():
        if item.status is Status.IN_SERVICE:
            named[item.site_id, item.kind].setdefault(item.type_id, item.equipment_id)
    for (site_id, kind), types in named.items():
        if len(types) > 1:
            first, second = list(types)[:2]
            yield Finding(
                code="equipment-types-differ",
                place=Place(table="equipment", record=types[second], field="type_id"),
                message=f"{kind.value} at {site_id} is {first} and {second}; one type is computed "
                f"with, the first of the table; name the one that lines pass",
                severity=Severity.WARNING,
            )
