"""Which small networks have answers that a person can work out on paper?

Light takes 5 us a kilometre, equipment never fails unless a test says so, and every owner asks one
dollar a kilometre and month. A test states only what its answer depends on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from karakoram.network.network import Network
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
    Span,
    Status,
)
from karakoram.network.submarine import SubmarineSystem
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.design import design_service
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.refdata.equipment import (
    AmplifierType,
    EquipmentLibrary,
    FibreType,
    RoadmType,
    TransceiverMode,
)
from tests.support.records import design_rules, keyed, price, record

DAY = date(2026, 11, 22)
MS_PER_KM = 0.005
GROUP_INDEX = 299_792_458.0 * 5e-9
"""5 us/km exactly."""

CUTS_PER_1000_KM_YEAR = 8.766
"""With ten hours to mend, 100 km are down 0.001 of the time that they are up."""

MTTR_H = 10.0


@dataclass(frozen=True, kw_only=True)
class Fibre:
    """One span; what a test does not say is of no account to it."""

    a: str
    z: str
    km: float
    name: str = ""
    operator: str = "OP"
    owner: str = ""
    cable: str = ""
    medium: CableMedium = CableMedium.BURIED
    status: Status = Status.IN_SERVICE
    cable_status: Status = Status.IN_SERVICE
    groups: tuple[str, ...] = ()
    failure: str = "buried"
    attenuation: float | None = None
    fibre_type: str = "SMF"

    @property
    def span_id(self) -> str:
        return self.name or f"{self.a}-{self.z}"

    @property
    def cable_id(self) -> str:
        return self.cable or f"{self.span_id} cable"


def fibre(a: str, z: str, km: float, **more) -> Fibre:
    """A span from ``a`` to ``z``."""
    return Fibre(a=a, z=z, km=km, **more)


def sea(a: str, z: str, km: float, **more) -> Fibre:
    """A submarine span; its cable is one of the ``systems`` of the network."""
    return Fibre(a=a, z=z, km=km, medium=CableMedium.SUBMARINE, **more)


Meeting = tuple[str, str, str] | tuple[str, str, str, Status]
"""Site, operator before, operator after, and status if not in service."""

PriceRow = tuple[str, PriceUnit, ChargePeriod, float, str]
"""Owner, unit, period, bit rate, amount."""


@dataclass(frozen=True, kw_only=True)
class Rest:
    """All of a network but its spans."""

    roadms: Iterable[str] | None = None
    """Sites with a ROADM; all of them if not said."""
    statuses: Mapping[str, Status] = field(default_factory=dict)
    """Of the ROADMs, by site."""
    amplifiers: Iterable[str] = ()
    meetings: tuple[Meeting, ...] | list[Meeting] = ()
    groups: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Failures a year and hours to mend; a landing station if the name begins with CLS."""
    classes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Failures in 1,000 km and year, and hours to mend."""
    prices: Iterable[PriceRow] | None = None
    systems: Mapping[str, SubmarineSystem] = field(default_factory=dict)
    more_sites: Iterable[str] = ()
    rules: Mapping[str, float] = field(default_factory=dict)
    library: EquipmentLibrary | None = None


def network_of(*spans: Fibre, **given) -> Network:
    """The network of these spans; ``given`` is as in ``Rest``."""
    rest = Rest(**given)
    site_ids = list(dict.fromkeys([*(s for f in spans for s in (f.a, f.z)), *rest.more_sites]))
    operator_ids = list(
        dict.fromkeys(name for f in spans for name in (f.operator, f.owner or f.operator) if name)
    )
    asked = _one_dollar_a_km(operator_ids) if rest.prices is None else tuple(rest.prices)
    return Network(
        name="on paper",
        description="",
        currency="USD",
        operators=keyed(record(Operator, name) for name in operator_ids),
        sites=keyed(record(Site, name, name=f"{name} town") for name in site_ids),
        cables=keyed(map(_cable, spans)),
        submarine_systems=dict(rest.systems),
        spans=keyed(map(_span, spans)),
        risk_groups=keyed(
            record(
                RiskGroup,
                name,
                name=f"{name} event",
                kind=RiskKind.LANDING_STATION if name.startswith("CLS") else RiskKind.WEATHER,
                failures_per_year=per_year,
                mttr_h=mttr_h,
            )
            for name, (per_year, mttr_h) in rest.groups.items()
        ),
        failure_classes=keyed(
            record(FailureClass, name, failures_per_1000_km_year=rate, mttr_h=mttr_h)
            for name, (rate, mttr_h) in {
                "buried": (CUTS_PER_1000_KM_YEAR, MTTR_H),
                **rest.classes,
            }.items()
        ),
        handovers=keyed(map(_handover, rest.meetings)),
        equipment=keyed(
            (
                *(
                    _equipment(site, EquipmentKind.ROADM, rest.statuses.get(site))
                    for site in (site_ids if rest.roadms is None else rest.roadms)
                ),
                *(_equipment(site, EquipmentKind.LINE_AMPLIFIER, None) for site in rest.amplifiers),
            )
        ),
        prices=keyed(_price(f"P{i}", row) for i, row in enumerate(asked)),
        rules=design_rules({**_PLAIN_RULES, **rest.rules}),
        library=rest.library or small_library(),
    )


def demand(a: str = "A", z: str = "Z", bit_rate: float = 100.0, **more) -> ServiceDemand:
    """An unprotected demand; ``protected`` makes it 1+1."""
    protected = more.pop("protected", False)
    return ServiceDemand(
        a_site_id=a,
        z_site_id=z,
        bit_rate_gbps=bit_rate,
        protection=Protection.ONE_PLUS_ONE if protected else Protection.NONE,
        **{"on_day": DAY, **more},
    )


def designed(network: Network | PreparedNetwork, **asked):
    """The answer to ``demand(**asked)``."""
    prepared = prepare(network) if isinstance(network, Network) else network
    return design_service(prepared, demand(**asked))


def small_library(**tables) -> EquipmentLibrary:
    """One type of each kind, two modes; nothing of it fails."""
    return EquipmentLibrary(
        **{
            "fibre_types": {"SMF": fibre_type("SMF")},
            "amplifier_types": {
                "EDFA": amplifier("EDFA"),
                "REPEATER": amplifier("REPEATER", restores_profile=True),
            },
            "roadm_types": {"ROADM": roadm_type()},
            "transceiver_modes": {
                "100G": mode("100G", 100.0, required_osnr_db=10.0),
                "200G": mode("200G", 200.0, required_osnr_db=17.0),
            },
            **tables,
        }
    )


def fibre_type(name: str, **changes) -> FibreType:
    """Standard fibre whose light takes 5 us/km."""
    return record(FibreType, name, **{"group_index": GROUP_INDEX, **changes})


def amplifier(name: str, **changes) -> AmplifierType:
    """An amplifier that never fails."""
    return record(AmplifierType, name, **changes)


def roadm_type(**changes) -> RoadmType:
    """A ROADM that never fails."""
    return record(RoadmType, "ROADM", **changes)


def mode(name: str, bit_rate: float, **changes) -> TransceiverMode:
    """A mode of 32 GBd in wide slots, so that combs stay small."""
    return record(TransceiverMode, name, bit_rate_gbps=bit_rate, **changes)


def system(cable: str, **changes) -> SubmarineSystem:
    """A repeatered system with 80 km between repeaters."""
    return record(SubmarineSystem, cable, **changes)


def with_price(network: Network, **changes) -> Network:
    """The same network with every price changed in the same way."""
    return replace(
        network, prices={key: replace(item, **changes) for key, item in network.prices.items()}
    )


def _one_dollar_a_km(owners: Iterable[str]) -> tuple[PriceRow, ...]:
    return tuple((owner, PriceUnit.KM, ChargePeriod.MONTH, 800.0, "1") for owner in owners)


def _cable(row: Fibre) -> Cable:
    return record(
        Cable,
        row.cable_id,
        medium=row.medium,
        owner_id=row.owner or row.operator,
        status=row.cable_status,
        fibre_type_id=row.fibre_type,
    )


def _span(row: Fibre) -> Span:
    return record(
        Span,
        row.span_id,
        a_site_id=row.a,
        z_site_id=row.z,
        cable_id=row.cable_id,
        operator_id=row.operator,
        owner_id=row.owner or row.operator,
        length_km=row.km,
        status=row.status,
        attenuation_db_per_km=row.attenuation,
        failure_class_id=row.failure,
        risk_group_ids=row.groups,
    )


def _handover(row: Meeting) -> Handover:
    site, giver, taker, *status = row
    return record(
        Handover,
        f"{site} {giver}-{taker}",
        site_id=site,
        from_operator_id=giver,
        to_operator_id=taker,
        status=status[0] if status else Status.IN_SERVICE,
    )


def _equipment(site: str, kind: EquipmentKind, status: Status | None) -> Equipment:
    return record(
        Equipment,
        f"{kind.value} {site}",
        site_id=site,
        kind=kind,
        type_id="ROADM" if kind is EquipmentKind.ROADM else "EDFA",
        status=status or Status.IN_SERVICE,
    )


def _price(price_id: str, row: PriceRow) -> PriceItem:
    owner, unit, period, bit_rate_gbps, amount = row
    return price(price_id, owner, amount, unit=unit, period=period, bit_rate_gbps=bit_rate_gbps)


_PLAIN_RULES = {
    "ots_length_km_max": 80.0,
    "launch_power_dbm": 0.0,
    "band_lower_thz": 193.0,
    "band_upper_thz": 194.0,
    "connector_loss_db": 0.5,
    "margin_db": 2.0,
    "published_design_gap_db": 3.0,
    "site_failures_fit": 0.0,
    "site_mttr_h": 0.0,
}
