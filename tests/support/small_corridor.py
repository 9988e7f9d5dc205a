"""A corridor small enough to read at a glance, built in memory."""

from datetime import date

from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.network import DesignRules, Network
from karakoram.network.prices import ChargePeriod, PriceItem, PriceUnit
from karakoram.network.records import (
    Cable,
    CableMedium,
    Equipment,
    EquipmentKind,
    FailureClass,
    Handover,
    Operator,
    RiskGroup,
    RiskKind,
    Site,
    SiteKind,
    Span,
    Status,
)
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.refdata.equipment import (
    AmplifierType,
    EquipmentLibrary,
    FibreType,
    RoadmType,
    TransceiverMode,
)
from tests.support.records import design_rules, keyed, price, record

STATED = Provenance(
    source="Operator's announcement", source_date="2018-07-14", confidence=Confidence.STATED
)
DERIVED = Provenance(source="Road length x 1.02", source_date="2026", confidence=Confidence.DERIVED)
ASSUMED = Provenance(
    source="Placeholder until the owner tells", source_date="2026", confidence=Confidence.ASSUMED
)

_OPERATORS = (
    ("CT", "China Telecom", "CN"),
    ("SCO", "Special Communications Organization", "PK"),
    ("ON", "One Network", "PK"),
    ("NTC", "National Telecom", "PK"),
    ("CYB", "Cybernet", "PK"),
    ("TWA", "Transworld", "PK"),
    ("PEACE-CO", "PEACE Cable International", "--"),
    ("SMW5-CO", "SEA-ME-WE 5 consortium", "--"),
)

_SITES = (
    ("URC", "Urumqi", "CN", SiteKind.POP, (87.60, 43.80)),
    ("KJB", "Khunjerab Pass", "PK", SiteKind.BORDER_HANDOVER, (75.43, 36.85)),
    ("GIL", "Gilgit", "PK", SiteKind.NODE, (74.31, 35.92)),
    ("CHL", "Chilas", "PK", SiteKind.NODE, (74.10, 35.41)),
    ("BBS", "Babusar Top", "PK", SiteKind.NODE, (74.05, 35.15)),
    ("DSU", "Dasu", "PK", SiteKind.ALTERNATIVE_NODE, (73.29, 35.29)),
    ("MNS", "Mansehra", "PK", SiteKind.NODE, (73.20, 34.33)),
    ("RWP", "Rawalpindi (SCO HQ / interconnect)", "PK", SiteKind.NODE, (73.05, 33.60)),
    ("SKZ", "Sukkur", "PK", SiteKind.POP, (68.90, 27.72)),
    ("HDD", "Hyderabad", "PK", SiteKind.POP, (68.38, 25.40)),
    ("KHI", "Karachi", "PK", SiteKind.POP, (67.01, 24.86)),
    (
        *("CLS-CYB", "Cybernet cable landing station, Karachi", "PK"),
        *(SiteKind.LANDING_STATION, (67.00, 24.80)),
    ),
    (
        *("CLS-HWK", "Hawksbay cable landing station (Transworld)", "PK"),
        *(SiteKind.LANDING_STATION, (66.86, 24.86)),
    ),
    ("MRS", "Marseille", "FR", SiteKind.LANDING_STATION, (5.37, 43.30)),
    ("JUB", "Al-Jubaïl (Jubail)", "SA", SiteKind.LANDING_STATION, (49.66, 27.01)),
)

_CABLES = (
    ("G314", "China Telecom G314", CableMedium.BURIED, "CT", Status.IN_SERVICE),
    ("SCO-MAIN", "SCO phase 1", CableMedium.BURIED, "SCO", Status.IN_SERVICE),
    ("SCO-KKH", "KKH by Dasu", CableMedium.BURIED, "SCO", Status.OPTION),
    ("ON-MW", "One Network motorways", CableMedium.DUCT, "ON", Status.IN_SERVICE),
    ("N5", "N-5 gap", CableMedium.DUCT, "NTC", Status.IN_SERVICE),
    ("KHI-CYB", "Karachi metro, Cybernet", CableMedium.DUCT, "CYB", Status.IN_SERVICE),
    ("KHI-TWA", "Karachi metro, Transworld", CableMedium.DUCT, "TWA", Status.IN_SERVICE),
    ("PEACE", "PEACE", CableMedium.SUBMARINE, "PEACE-CO", Status.IN_SERVICE),
    ("SMW5", "SEA-ME-WE 5", CableMedium.SUBMARINE, "SMW5-CO", Status.IN_SERVICE),
)

_SPANS = (
    ("URC-KJB", "URC", "KJB", "G314", "CT", 2130.0, ()),
    ("KJB-GIL", "KJB", "GIL", "SCO-MAIN", "SCO", 294.0, ("PK-KKH-NORTH",)),
    ("GIL-CHL", "GIL", "CHL", "SCO-MAIN", "SCO", 138.5, ("PK-KKH-GB",)),
    ("CHL-BBS", "CHL", "BBS", "SCO-MAIN", "SCO", 51.1, ("NORTH-WEATHER",)),
    ("BBS-MNS", "BBS", "MNS", "SCO-MAIN", "SCO", 198.4, ("NORTH-WEATHER",)),
    ("CHL-DSU", "CHL", "DSU", "SCO-KKH", "SCO", 131.2, ("NORTH-WEATHER",)),
    ("DSU-MNS", "DSU", "MNS", "SCO-KKH", "SCO", 190.1, ("NORTH-WEATHER",)),
    ("MNS-RWP", "MNS", "RWP", "SCO-MAIN", "SCO", 129.2, ()),
    ("RWP-SKZ", "RWP", "SKZ", "ON-MW", "ON", 993.6, ("PK-M5",)),
    ("SKZ-HDD", "SKZ", "HDD", "N5", "ON", 342.7, ("PK-N5",)),
    ("HDD-KHI", "HDD", "KHI", "ON-MW", "ON", 173.7, ()),
    ("KHI-CLS-CYB", "KHI", "CLS-CYB", "KHI-CYB", "CYB", 25.0, ()),
    ("KHI-CLS-HWK", "KHI", "CLS-HWK", "KHI-TWA", "TWA", 30.0, ()),
    ("PEACE-KHI-MRS", "CLS-CYB", "MRS", "PEACE", "PEACE-CO", 9480.0, ("RED-SEA",)),
    ("SMW5-KHI-MRS", "CLS-HWK", "MRS", "SMW5", "SMW5-CO", 9890.0, ("RED-SEA",)),
)
"""Identifier, ends, cable, operator, glass kilometres, risk groups."""

_HANDOVERS = (
    ("KJB-CT-SCO", "KJB", "CT", "SCO"),
    ("RWP-SCO-ON", "RWP", "SCO", "ON"),
    ("KHI-ON-CYB", "KHI", "ON", "CYB"),
    ("KHI-ON-TWA", "KHI", "ON", "TWA"),
)

_RISK_GROUPS = (
    ("PK-KKH-NORTH", "Karakoram Highway, Khunjerab to Gilgit", RiskKind.CORRIDOR),
    ("PK-KKH-GB", "Karakoram Highway, Gilgit to Chilas", RiskKind.CORRIDOR),
    ("NORTH-WEATHER", "Babusar and Kohistan: one storm takes both", RiskKind.WEATHER),
    ("PK-M5", "M-5 on the Sutlej and Indus plain", RiskKind.CORRIDOR),
    ("PK-N5", "N-5 in upper Sindh", RiskKind.CORRIDOR),
    ("RED-SEA", "Red Sea and the crossing of Egypt", RiskKind.SEA_PASSAGE),
)


def small_network() -> Network:
    """Urumqi to Marseille in fifteen spans, by two landing parties."""
    return Network(
        name="Small corridor",
        description="Fifteen spans from Urumqi to Marseille",
        currency="USD",
        operators=keyed(
            record(Operator, key, name=name, country=country, provenance=STATED)
            for key, name, country in _OPERATORS
        ),
        sites=keyed(map(_site, _SITES)),
        cables=keyed(map(_cable, _CABLES)),
        submarine_systems=keyed((_system("PEACE", "CYB"), _system("SMW5", "TWA"))),
        spans=keyed(map(_span, _SPANS)),
        risk_groups=keyed(
            record(
                RiskGroup,
                key,
                name=name,
                kind=kind,
                failures_per_year=0.5,
                mttr_h=6.0,
                provenance=ASSUMED,
            )
            for key, name, kind in _RISK_GROUPS
        ),
        failure_classes=keyed(
            [
                record(
                    FailureClass,
                    "buried",
                    name="Buried cable",
                    failures_per_1000_km_year=2.13,
                    mttr_h=6.0,
                    provenance=STATED,
                )
            ]
        ),
        handovers=keyed(map(_handover, _HANDOVERS)),
        equipment=keyed(
            record(
                Equipment,
                f"{site}-ROADM",
                site_id=site,
                kind=EquipmentKind.ROADM,
                type_id="ROADM-1",
                provenance=ASSUMED,
            )
            for site in ("URC", "KJB", "GIL", "MNS", "RWP", "SKZ", "KHI", "MRS")
        ),
        prices=keyed(_price(row[0]) for row in _OPERATORS),
        rules=_rules(),
        library=_library(),
    )


def _handover(row) -> Handover:
    key, site, giver, taker = row
    return record(
        Handover,
        key,
        site_id=site,
        from_operator_id=giver,
        to_operator_id=taker,
        provenance=STATED,
    )


def _site(row) -> Site:
    site_id, name, country, kind, (longitude, latitude) = row
    return record(
        Site,
        site_id,
        name=name,
        country=country,
        kind=kind,
        longitude_deg=longitude,
        latitude_deg=latitude,
        provenance=STATED,
    )


def _cable(row) -> Cable:
    cable_id, name, medium, owner, status = row
    return record(
        Cable,
        cable_id,
        name=name,
        medium=medium,
        owner_id=owner,
        status=status,
        fibre_type_id="G.652.D",
        published_length_km=21_500.0 if cable_id == "PEACE" else None,
        provenance=STATED,
    )


def _span(row) -> Span:
    span_id, a_site, z_site, cable, operator, length_km, groups = row
    owner, status = next(entry[3:5] for entry in _CABLES if entry[0] == cable)
    return record(
        Span,
        span_id,
        a_site_id=a_site,
        z_site_id=z_site,
        cable_id=cable,
        operator_id=operator,
        owner_id=owner,
        length_km=length_km,
        status=status,
        failure_class_id="buried",
        risk_group_ids=groups,
        provenance=ASSUMED if cable == "N5" else DERIVED,
    )


def _system(cable_id: str, party: str) -> SubmarineSystem:
    return record(
        SubmarineSystem,
        cable_id,
        landing_party_id=party,
        rfs="2022",
        design_capacity_tbps=96.0,
        fibre_pairs=6,
        design_basis=DesignBasis.PUBLISHED,
        usable_bandwidth_thz=4.8,
        supplier="",
        landings=("Karachi", "Marseille"),
        provenance=ASSUMED,
    )


def _price(operator: str) -> PriceItem:
    return price(
        f"{operator}-400G-KM",
        operator,
        "2.5",
        unit=PriceUnit.KM,
        period=ChargePeriod.MONTH,
        bit_rate_gbps=400.0,
        valid_from=date(2026, 1, 1),
        provenance=ASSUMED,
    )


def _rules() -> DesignRules:
    figures = {
        "ots_length_km_max": 80.0,
        "launch_power_dbm": 0.0,
        "band_lower_thz": 191.35,
        "band_upper_thz": 196.1,
        "connector_loss_db": 0.5,
        "margin_db": 2.0,
        "published_design_gap_db": 3.0,
        "site_failures_fit": 2_000.0,
        "site_mttr_h": 4.0,
    }
    return design_rules(figures, roadm="ROADM-1", provenance=ASSUMED)


_MODES = (
    ("400G-QPSK", "400G DP-QPSK 130 GBd", 400.0, 130.0, 19.5, 150.0),
    ("200G-QPSK", "200G DP-QPSK 64 GBd", 200.0, 64.0, 15.0, 75.0),
)

_FAILING = {"failures_fit": 2_000.0, "mttr_h": 4.0}


def _mode(row) -> TransceiverMode:
    key, name, bit_rate, baud, required, spacing = row
    return record(
        TransceiverMode,
        key,
        name=name,
        bit_rate_gbps=bit_rate,
        symbol_rate_gbaud=baud,
        required_osnr_db=required,
        spacing_ghz_min=spacing,
        tx_osnr_db=38.0,
        cd_ps_per_nm_max=500_000.0,
        pmd_ps_max=50.0,
        provenance=STATED,
        **_FAILING,
    )


def _library() -> EquipmentLibrary:
    fibre = record(
        FibreType,
        "G.652.D",
        name="Standard single-mode fibre",
        attenuation_db_per_km=0.22,
        dispersion_slope_ps_per_nm2_km=0.056,
        group_index=1.468,
        provenance=STATED,
    )
    amplifiers = (
        record(
            AmplifierType,
            key,
            gain_db_max=30.0,
            output_power_dbm_max=22.0,
            restores_profile=key == "REPEATER",
            provenance=ASSUMED,
            **_FAILING,
        )
        for key in ("EDFA", "REPEATER")
    )
    roadm = record(
        RoadmType, "ROADM-1", name="ROADM", express_osnr_db=38.0, provenance=ASSUMED, **_FAILING
    )
    return EquipmentLibrary(
        fibre_types=keyed([fibre]),
        amplifier_types=keyed(amplifiers),
        roadm_types=keyed([roadm]),
        transceiver_modes=keyed(map(_mode, _MODES)),
    )
