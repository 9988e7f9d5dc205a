"""A corridor small enough to read at a glance, built in memory."""

from datetime import date
from decimal import Decimal

from karakoram.core.identifiers import (
    AmplifierTypeId,
    CableId,
    EquipmentId,
    FailureClassId,
    FibreTypeId,
    HandoverId,
    OperatorId,
    PriceId,
    RiskGroupId,
    RoadmTypeId,
    SiteId,
    SpanId,
    TransceiverModeId,
)
from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.network import DesignRules, Network
from karakoram.network.prices import ChargePeriod, PriceItem, PriceUnit
from karakoram.network.records import (
    Cable,
    CableMedium,
    Equipment,
    EquipmentKind,
    FailureClass,
    Handover,
    LengthBasis,
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
        operators={
            OperatorId(key): Operator(
                operator_id=OperatorId(key), name=name, country=country, role="", provenance=STATED
            )
            for key, name, country in _OPERATORS
        },
        sites={SiteId(row[0]): _site(row) for row in _SITES},
        cables={CableId(row[0]): _cable(row) for row in _CABLES},
        submarine_systems={
            CableId("PEACE"): _system("PEACE", "CYB"),
            CableId("SMW5"): _system("SMW5", "TWA"),
        },
        spans={SpanId(row[0]): _span(row) for row in _SPANS},
        risk_groups={
            RiskGroupId(key): RiskGroup(
                risk_group_id=RiskGroupId(key),
                name=name,
                kind=kind,
                failures_per_year=0.5,
                mttr_h=6.0,
                provenance=ASSUMED,
            )
            for key, name, kind in _RISK_GROUPS
        },
        failure_classes={
            FailureClassId("buried"): FailureClass(
                failure_class_id=FailureClassId("buried"),
                name="Buried cable",
                failures_per_1000_km_year=2.13,
                mttr_h=6.0,
                provenance=STATED,
            )
        },
        handovers={HandoverId(row[0]): _handover(row) for row in _HANDOVERS},
        equipment={
            EquipmentId(f"{site}-ROADM"): Equipment(
                equipment_id=EquipmentId(f"{site}-ROADM"),
                site_id=SiteId(site),
                kind=EquipmentKind.ROADM,
                type_id="ROADM-1",
                status=Status.IN_SERVICE,
                provenance=ASSUMED,
            )
            for site in ("URC", "KJB", "GIL", "MNS", "RWP", "SKZ", "KHI", "MRS")
        },
        prices=dict(map(_price, (row[0] for row in _OPERATORS))),
        rules=_rules(),
        library=_library(),
    )


def _handover(row) -> Handover:
    key, site, giver, taker = row
    return Handover(
        handover_id=HandoverId(key),
        site_id=SiteId(site),
        from_operator_id=OperatorId(giver),
        to_operator_id=OperatorId(taker),
        status=Status.IN_SERVICE,
        provenance=STATED,
    )


def _site(row) -> Site:
    site_id, name, country, kind, (longitude, latitude) = row
    return Site(
        site_id=SiteId(site_id),
        name=name,
        country=country,
        region="",
        kind=kind,
        role="",
        longitude_deg=longitude,
        latitude_deg=latitude,
        provenance=STATED,
    )


def _cable(row) -> Cable:
    cable_id, name, medium, owner, status = row
    return Cable(
        cable_id=CableId(cable_id),
        name=name,
        medium=medium,
        owner_id=OperatorId(owner),
        status=status,
        fibre_type_id=FibreTypeId("G.652.D"),
        published_length_km=21_500.0 if cable_id == "PEACE" else None,
        provenance=STATED,
    )


def _span(row) -> Span:
    span_id, a_site, z_site, cable, operator, length_km, groups = row
    owner = next(entry[3] for entry in _CABLES if entry[0] == cable)
    status = next(entry[4] for entry in _CABLES if entry[0] == cable)
    return Span(
        span_id=SpanId(span_id),
        a_site_id=SiteId(a_site),
        z_site_id=SiteId(z_site),
        cable_id=CableId(cable),
        operator_id=OperatorId(operator),
        owner_id=OperatorId(owner),
        length_km=length_km,
        length_basis=LengthBasis.GLASS,
        status=status,
        failure_class_id=FailureClassId("buried"),
        risk_group_ids=tuple(map(RiskGroupId, groups)),
        provenance=ASSUMED if cable == "N5" else DERIVED,
    )


def _system(cable_id: str, party: str) -> SubmarineSystem:
    return SubmarineSystem(
        cable_id=CableId(cable_id),
        landing_party_id=OperatorId(party),
        rfs="2022",
        design_capacity_tbps=96.0,
        fibre_pairs=6,
        design_basis=DesignBasis.PUBLISHED,
        repeater_spacing_km=80.0,
        repeater_type_id=AmplifierTypeId("REPEATER"),
        repeater_output_power_dbm=16.0,
        usable_bandwidth_thz=4.8,
        supplier="",
        landings=("Karachi", "Marseille"),
        provenance=ASSUMED,
    )


def _price(operator: str) -> tuple[PriceId, PriceItem]:
    price_id = PriceId(f"{operator}-400G-KM")
    return price_id, PriceItem(
        price_id=price_id,
        operator_id=OperatorId(operator),
        unit=PriceUnit.KM,
        period=ChargePeriod.MONTH,
        bit_rate_gbps=400.0,
        amount=Decimal("2.5"),
        currency="USD",
        valid_from=date(2026, 1, 1),
        provenance=ASSUMED,
    )


def _rules() -> DesignRules:
    def figure(value: float) -> Figure:
        return Figure(value=value, provenance=ASSUMED)

    return DesignRules(
        ots_length_km_max=figure(80.0),
        launch_power_dbm=figure(0.0),
        band_lower_thz=figure(191.35),
        band_upper_thz=figure(196.1),
        connector_loss_db=figure(0.5),
        margin_db=figure(2.0),
        published_design_gap_db=figure(3.0),
        site_failures_fit=figure(2_000.0),
        site_mttr_h=figure(4.0),
        booster_type_id=AmplifierTypeId("EDFA"),
        line_amplifier_type_id=AmplifierTypeId("EDFA"),
        preamplifier_type_id=AmplifierTypeId("EDFA"),
        roadm_type_id=RoadmTypeId("ROADM-1"),
    )


_MODES = (
    ("400G-QPSK", "400G DP-QPSK 130 GBd", 400.0, 130.0, 19.5, 150.0),
    ("200G-QPSK", "200G DP-QPSK 64 GBd", 200.0, 64.0, 15.0, 75.0),
)


def _mode(row) -> TransceiverMode:
    key, name, bit_rate, baud, required, spacing = row
    return TransceiverMode(
        transceiver_mode_id=TransceiverModeId(key),
        name=name,
        bit_rate_gbps=bit_rate,
        symbol_rate_gbaud=baud,
        modulation="DP-QPSK",
        required_osnr_db=required,
        spacing_ghz_min=spacing,
        tx_osnr_db=38.0,
        cd_ps_per_nm_max=500_000.0,
        pmd_ps_max=50.0,
        failures_fit=2_000.0,
        mttr_h=4.0,
        provenance=STATED,
    )


def _library() -> EquipmentLibrary:
    return EquipmentLibrary(
        fibre_types={
            FibreTypeId("G.652.D"): FibreType(
                fibre_type_id=FibreTypeId("G.652.D"),
                name="Standard single-mode fibre",
                recommendation="G.652.D",
                attenuation_db_per_km=0.22,
                dispersion_ps_per_nm_km=17.0,
                dispersion_slope_ps_per_nm2_km=0.056,
                effective_area_um2=80.0,
                pmd_ps_per_sqrt_km=0.1,
                group_index=1.468,
                provenance=STATED,
            )
        },
        amplifier_types={
            AmplifierTypeId(key): AmplifierType(
                amplifier_type_id=AmplifierTypeId(key),
                name=key,
                noise_figure_db=5.0,
                gain_db_max=30.0,
                output_power_dbm_max=22.0,
                restores_profile=key == "REPEATER",
                failures_fit=2_000.0,
                mttr_h=4.0,
                provenance=ASSUMED,
            )
            for key in ("EDFA", "REPEATER")
        },
        roadm_types={
            RoadmTypeId("ROADM-1"): RoadmType(
                roadm_type_id=RoadmTypeId("ROADM-1"),
                name="ROADM",
                output_power_dbm=-18.0,
                add_drop_osnr_db=38.0,
                express_osnr_db=38.0,
                failures_fit=2_000.0,
                mttr_h=4.0,
                provenance=ASSUMED,
            )
        },
        transceiver_modes={TransceiverModeId(row[0]): _mode(row) for row in _MODES},
    )
