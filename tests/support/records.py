"""How is one record of a network or library made, with what a test does not say filled in?"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.network import DesignRules
from karakoram.network.prices import PriceItem
from karakoram.network.records import (
    Cable,
    Equipment,
    FailureClass,
    Handover,
    LengthBasis,
    Operator,
    RiskGroup,
    Site,
    SiteKind,
    Span,
    Status,
)
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.refdata.equipment import AmplifierType, FibreType, RoadmType, TransceiverMode

ASSUMED = Provenance(source="the test", confidence=Confidence.ASSUMED)

RecordT = TypeVar("RecordT")

_HERE = {"provenance": ASSUMED}
_NEVER_FAILS = {"failures_fit": 0.0, "mttr_h": 0.0, **_HERE}

_SILENT: Mapping[type, Mapping[str, Any]] = {
    Operator: {"country": "PK", "role": "", **_HERE},
    Site: {
        "country": "PK",
        "region": "",
        "kind": SiteKind.TOWN,
        "role": "",
        "longitude_deg": 70.0,
        "latitude_deg": 30.0,
        **_HERE,
    },
    Cable: {"status": Status.IN_SERVICE, **_HERE},
    Span: {"length_basis": LengthBasis.GLASS, "status": Status.IN_SERVICE, **_HERE},
    RiskGroup: _HERE,
    FailureClass: _HERE,
    Handover: {"status": Status.IN_SERVICE, **_HERE},
    Equipment: {"status": Status.IN_SERVICE, **_HERE},
    PriceItem: {"currency": "USD", **_HERE},
    SubmarineSystem: {
        "landing_party_id": "OP",
        "rfs": "2020",
        "design_basis": DesignBasis.REPEATERS,
        "repeater_spacing_km": 80.0,
        "repeater_type_id": "REPEATER",
        "repeater_output_power_dbm": 16.0,
        "usable_bandwidth_thz": 4.0,
        **_HERE,
    },
    FibreType: {
        "recommendation": "G.652.D",
        "attenuation_db_per_km": 0.2,
        "dispersion_ps_per_nm_km": 17.0,
        "dispersion_slope_ps_per_nm2_km": 0.0,
        "effective_area_um2": 80.0,
        "pmd_ps_per_sqrt_km": 0.1,
        **_HERE,
    },
    AmplifierType: {
        "noise_figure_db": 5.0,
        "gain_db_max": 40.0,
        "output_power_dbm_max": 30.0,
        "restores_profile": False,
        **_NEVER_FAILS,
    },
    RoadmType: {
        "output_power_dbm": -18.0,
        "add_drop_osnr_db": 38.0,
        "express_osnr_db": 40.0,
        **_NEVER_FAILS,
    },
    TransceiverMode: {
        "symbol_rate_gbaud": 32.0,
        "modulation": "DP-QPSK",
        "required_osnr_db": 10.0,
        "spacing_ghz_min": 100.0,
        "tx_osnr_db": 40.0,
        "cd_ps_per_nm_max": 1e6,
        "pmd_ps_max": 1e3,
        **_NEVER_FAILS,
    },
}
"""What each kind of record says where a test is silent."""


def record(kind: type[RecordT], record_id: str, /, **said: Any) -> RecordT:
    """A record under its identifier, named like it where it has a name and none is said."""
    names = [entry.name for entry in fields(kind)]
    named = {"name": record_id} if "name" in names else {}
    return kind(**{names[0]: record_id, **named, **_SILENT[kind], **said})


def keyed(records: Iterable[RecordT]) -> dict[Any, RecordT]:
    """The records by their identifiers, which are their first fields."""
    return {getattr(one, fields(one)[0].name): one for one in records}


def price(price_id: str, owner: str, amount: str, /, **said: Any) -> PriceItem:
    """What an operator asks."""
    return record(PriceItem, price_id, operator_id=owner, amount=Decimal(amount), **said)


def design_rules(
    values: Mapping[str, float],
    *,
    amplifier: str = "EDFA",
    roadm: str = "ROADM",
    provenance: Provenance = ASSUMED,
) -> DesignRules:
    """Rules of these figures, with one type of amplifier at every place."""
    return DesignRules(
        **{name: Figure(value=value, provenance=provenance) for name, value in values.items()},
        booster_type_id=amplifier,
        line_amplifier_type_id=amplifier,
        preamplifier_type_id=amplifier,
        roadm_type_id=roadm,
    )
