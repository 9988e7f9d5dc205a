"""Answers as the planner would give them on the small corridor, built by hand.

They let screens, files and pages be tested without optics: facts are chosen, not computed.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from karakoram.core.identifiers import OperatorId, PriceId, SiteId, SpanId, TransceiverModeId
from karakoram.core.money import Money, money_from_decimal, total
from karakoram.core.provenance import Confidence
from karakoram.network.network import Network
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.offers import (
    DiversityProof,
    DiversityScope,
    Infeasible,
    Leg,
    Lightpath,
    Offer,
    OfferLabel,
    OfferPrice,
    OperatorShare,
    OutageShare,
    PriceLine,
    ProfilePoint,
    Reason,
    RiskSort,
    ServiceDesign,
    ServicePath,
    SharedRisk,
    TracedFigure,
)
from karakoram.planning.path_side import PathSide
from karakoram.planning.route_answers import DisjointRoutes, Route, RouteAnswer, RouteQuestion
from tests.support.small_corridor import ASSUMED, DERIVED, STATED, small_network

_NORTH = ("URC-KJB", "KJB-GIL", "GIL-CHL")
_SOUTH = ("MNS-RWP", "RWP-SKZ", "SKZ-HDD", "HDD-KHI")
BY_BABUSAR_AND_PEACE = (
    *_NORTH,
    *("CHL-BBS", "BBS-MNS"),
    *_SOUTH,
    *("KHI-CLS-CYB", "PEACE-KHI-MRS"),
)
BY_DASU_AND_SMW5 = (*_NORTH, "CHL-DSU", "DSU-MNS", *_SOUTH, "KHI-CLS-HWK", "SMW5-KHI-MRS")
BY_BABUSAR_AND_SMW5 = (
    *_NORTH,
    *("CHL-BBS", "BBS-MNS"),
    *_SOUTH,
    *("KHI-CLS-HWK", "SMW5-KHI-MRS"),
)


def service_demand() -> ServiceDemand:
    """Urumqi to Marseille, 400G, protected."""
    return ServiceDemand(
        a_site_id=SiteId("URC"),
        z_site_id=SiteId("MRS"),
        bit_rate_gbps=400.0,
        protection=Protection.ONE_PLUS_ONE,
        on_day=date(2026, 11, 22),
    )


def service_design(network: Network | None = None) -> ServiceDesign:
    """Three offers; the first two are the same service."""
    network = network or small_network()
    cheapest = _offer(
        network,
        OfferLabel.CHEAPEST,
        ((PathSide.WORKING, BY_BABUSAR_AND_PEACE), (PathSide.PROTECTION, BY_BABUSAR_AND_SMW5)),
    )
    diverse = _offer(
        network,
        OfferLabel.MOST_DIVERSE,
        ((PathSide.WORKING, BY_BABUSAR_AND_PEACE), (PathSide.PROTECTION, BY_DASU_AND_SMW5)),
    )
    return ServiceDesign(
        demand=service_demand(),
        offers=(cheapest, replace(cheapest, label=OfferLabel.LOWEST_LATENCY), diverse),
        advice=("A second way north of Chilas would remove the largest shared risk.",),
    )


def unprotected_design(network: Network | None = None) -> ServiceDesign:
    """One path, three times the same offer."""
    network = network or small_network()
    offer = _offer(network, OfferLabel.CHEAPEST, ((PathSide.WORKING, BY_BABUSAR_AND_PEACE),))
    return ServiceDesign(
        demand=replace(service_demand(), protection=Protection.NONE),
        offers=tuple(replace(offer, label=label) for label in OfferLabel),
    )


def infeasible_answer() -> Infeasible:
    """A latency bound that no route keeps."""
    return Infeasible(
        demand=replace(service_demand(), latency_ms_max=10.0),
        reasons=(
            Reason(
                code="latency-bound",
                where="URC-MRS",
                message="the fastest way takes 68.3 ms one way; allow at least 68.4 ms",
            ),
            Reason(
                code="no-protection-path",
                where="URC-KJB",
                message="only one span reaches Urumqi; build a second or ask for no protection",
            ),
        ),
    )


def route_question() -> RouteQuestion:
    """Three routes by length, and the pair."""
    return RouteQuestion(
        a_site_id=SiteId("URC"),
        z_site_id=SiteId("MRS"),
        k=3,
        disjoint=True,
        on_day=date(2026, 11, 22),
    )


def route_answer(network: Network | None = None) -> RouteAnswer:
    """Three routes and the pair that shares least."""
    network = network or small_network()
    ways = (BY_BABUSAR_AND_PEACE, BY_BABUSAR_AND_SMW5, BY_DASU_AND_SMW5)
    routes = tuple(_route(network, way) for way in ways)
    return RouteAnswer(
        routes=routes,
        disjoint=DisjointRoutes(
            routes=(routes[0], routes[2]),
            shared_risks=_shared_risks(network),
            proof=_proof(OfferLabel.MOST_DIVERSE),
        ),
    )


def _route(network: Network, way: tuple[str, ...]) -> Route:
    length_km = _length_km(network, way)
    runs = groupby(network.spans[SpanId(span)].operator_id for span in way)
    return Route(
        site_ids=_sites_along(network, way),
        span_ids=tuple(map(SpanId, way)),
        length_km=length_km,
        latency_ms=length_km * 0.0049,
        operator_ids=tuple(operator for operator, _ in runs),
    )


def _length_km(network: Network, way: tuple[str, ...]) -> float:
    return sum(network.spans[SpanId(span)].length_km for span in way)


def _sites_along(network: Network, way: tuple[str, ...]) -> tuple[SiteId, ...]:
    spans = [network.spans[SpanId(span)] for span in way]
    return (spans[0].a_site_id, *(span.z_site_id for span in spans))


def _offer(
    network: Network, label: OfferLabel, ways: tuple[tuple[PathSide, tuple[str, ...]], ...]
) -> Offer:
    paths = tuple(_path(network, role, way) for role, way in ways)
    is_protected = len(paths) > 1
    return Offer(
        label=label,
        paths=paths,
        shared_risks=_shared_risks(network) if is_protected else (),
        diversity_proof=_proof(label) if is_protected else None,
        unavailability=0.002 if is_protected else 0.02,
        outage_shares=(
            OutageShare(
                component="URC-KJB",
                name="China Telecom G314",
                unavailable_min_per_year=700.0,
                confidence=Confidence.STATED,
            ),
            OutageShare(
                component="RED-SEA",
                name="Red Sea and the crossing of Egypt",
                unavailable_min_per_year=180.0,
                confidence=Confidence.ASSUMED,
            ),
        ),
        price=_price(network, paths),
        traced_figures=_traced_figures(network, paths),
    )


def _proof(label: OfferLabel) -> DiversityProof:
    is_widest = label is OfferLabel.MOST_DIVERSE
    scope = DiversityScope.ALL_RISKS if is_widest else DiversityScope.PLANT
    return DiversityProof(scope=scope, prover="branching")


def _path(network: Network, role: PathSide, way: tuple[str, ...]) -> ServicePath:
    sites = _sites_along(network, way)
    length_km = _length_km(network, way)
    return ServicePath(
        role=role,
        site_ids=sites,
        span_ids=tuple(map(SpanId, way)),
        legs=_legs(network, way),
        length_km=length_km,
        latency_ms=length_km * 0.0049,
        lightpaths=_lightpaths(sites[-2], length_km),
        regenerator_site_ids=(SiteId("RWP"), SiteId("KHI")),
        profile=_profile(network, way),
        unavailability=0.02,
    )


def _legs(network: Network, way: tuple[str, ...]) -> tuple[Leg, ...]:
    spans = [network.spans[SpanId(span)] for span in way]
    legs = []
    for (operator, owner), run in groupby(spans, key=lambda s: (s.operator_id, s.owner_id)):
        leg = list(run)
        legs.append(
            Leg(
                operator_id=operator,
                owner_id=owner,
                a_site_id=leg[0].a_site_id,
                z_site_id=leg[-1].z_site_id,
                span_ids=tuple(span.span_id for span in leg),
                length_km=sum(span.length_km for span in leg),
            )
        )
    return tuple(legs)


def _lightpaths(landing: SiteId, length_km: float) -> tuple[Lightpath, ...]:
    stretches = (
        ("URC", "RWP", 19.2, 1, 2941.2),
        ("RWP", "KHI", 20.8, 1, 1510.0),
        ("KHI", "MRS", 13.1, 2, length_km - 4451.2),
    )
    assert landing
    return tuple(
        Lightpath(
            a_site_id=SiteId(a_site),
            z_site_id=SiteId(z_site),
            transceiver_mode_id=TransceiverModeId("400G-QPSK" if wavelengths == 1 else "200G-QPSK"),
            wavelengths=wavelengths,
            bit_rate_gbps=400.0,
            spacing_ghz=150.0 if wavelengths == 1 else 75.0,
            gsnr_db=gsnr_db,
            gsnr_db_mean=gsnr_db + 0.4,
            required_gsnr_db=9.3 if wavelengths == 1 else 7.9,
            margin_db=round(gsnr_db - (9.3 if wavelengths == 1 else 7.9), 6),
            margin_db_min=2.0,
            osnr_0_1nm_db=gsnr_db + 11.0,
            cd_ps_per_nm=17.0 * stretch_km,
            pmd_ps=2.0,
            length_km=stretch_km,
        )
        for a_site, z_site, gsnr_db, wavelengths, stretch_km in stretches
    )


def _profile(network: Network, way: tuple[str, ...]) -> tuple[ProfilePoint, ...]:
    """A point at each site and one derived hut in the middle of each span on land."""
    points = [
        ProfilePoint(
            label=_sites_along(network, way)[0],
            distance_km=0.0,
            is_derived=False,
            power_in_dbm=None,
            power_out_dbm=0.0,
            gsnr_db=36.0,
        )
    ]
    km, gsnr_db = 0.0, 34.0
    for span_id in way:
        span = network.spans[SpanId(span_id)]
        if span.cable_id not in network.submarine_systems:
            half_km = span.length_km / 2.0
            points.append(
                ProfilePoint(
                    label=f"{span_id}@{half_km:.1f}",
                    distance_km=km + half_km,
                    is_derived=True,
                    power_in_dbm=-17.5,
                    power_out_dbm=0.0,
                    gsnr_db=gsnr_db,
                )
            )
        km += span.length_km
        gsnr_db = 34.0 if span.z_site_id in {"RWP", "KHI"} else gsnr_db - 1.5
        points.append(
            ProfilePoint(
                label=span.z_site_id,
                distance_km=km,
                is_derived=False,
                power_in_dbm=-17.5,
                power_out_dbm=None if span_id == way[-1] else 0.0,
                gsnr_db=gsnr_db,
            )
        )
    return tuple(points)


def _shared_risks(network: Network) -> tuple[SharedRisk, ...]:
    return (
        SharedRisk(
            risk_id="URC-KJB",
            name="URC-KJB",
            sort=RiskSort.SPAN,
            span_ids=(SpanId("URC-KJB"),),
            unavailable_min_per_year=700.0,
            confidence=Confidence.STATED,
        ),
        SharedRisk(
            risk_id="NORTH-WEATHER",
            name=next(
                group.name
                for group in network.risk_groups.values()
                if group.risk_group_id == "NORTH-WEATHER"
            ),
            sort=RiskSort.RISK_GROUP,
            span_ids=tuple(map(SpanId, ("CHL-BBS", "BBS-MNS", "CHL-DSU", "DSU-MNS"))),
            unavailable_min_per_year=180.0,
            confidence=Confidence.ASSUMED,
        ),
        SharedRisk(
            risk_id="RWP",
            name="Rawalpindi (SCO HQ / interconnect)",
            sort=RiskSort.SITE,
            span_ids=tuple(map(SpanId, ("MNS-RWP", "RWP-SKZ"))),
            unavailable_min_per_year=4.2,
            confidence=Confidence.ASSUMED,
        ),
    )


def _price(network: Network, paths: tuple[ServicePath, ...]) -> OfferPrice:
    lines = tuple(line for path in paths for line in _price_lines(network, path))
    earners = sorted({line.operator_id for line in lines})
    split = tuple(
        OperatorShare(
            operator_id=earner,
            mrc=_sum(network, lines, (earner, ChargePeriod.MONTH)),
            nrc=_sum(network, lines, (earner, ChargePeriod.ONCE)),
        )
        for earner in earners
    )
    return OfferPrice(
        mrc=total((share.mrc for share in split), network.currency),
        nrc=total((share.nrc for share in split), network.currency),
        split=split,
        lines=lines,
    )


def _price_lines(network: Network, path: ServicePath) -> list[PriceLine]:
    lines = []
    for leg in path.legs:
        for unit, period, quantity, price in (
            (PriceUnit.KM, ChargePeriod.MONTH, Decimal(str(round(leg.length_km, 3))), "2.5"),
            (PriceUnit.LEG, ChargePeriod.ONCE, Decimal(1), "5000"),
        ):
            lines.append(
                PriceLine(
                    operator_id=leg.owner_id,
                    role=path.role,
                    subject=f"{leg.a_site_id}-{leg.z_site_id}",
                    price_id=PriceId(f"{leg.owner_id}-400G-{unit.value.upper()}"),
                    unit=unit,
                    period=period,
                    quantity=quantity,
                    unit_price=Decimal(price),
                    amount=money_from_decimal(quantity * Decimal(price), network.currency),
                    confidence=Confidence.ASSUMED,
                )
            )
    return lines


def _sum(
    network: Network, lines: tuple[PriceLine, ...], wanted: tuple[OperatorId, ChargePeriod]
) -> Money:
    return total(
        (line.amount for line in lines if (line.operator_id, line.period) == wanted),
        network.currency,
    )


def _traced_figures(network: Network, paths: tuple[ServicePath, ...]) -> tuple[TracedFigure, ...]:
    spans = dict.fromkeys(span for path in paths for span in path.span_ids)
    owners = dict.fromkeys(leg.owner_id for path in paths for leg in path.legs)
    return (
        *(
            TracedFigure(
                subject="span length",
                figure=f"{span} {network.spans[span].length_km:g} km",
                provenance=network.spans[span].provenance,
            )
            for span in spans
        ),
        *(
            TracedFigure(subject="price", figure=f"{owner}-400G-KM 2.5 USD", provenance=ASSUMED)
            for owner in owners
        ),
        TracedFigure(
            subject="failure rate", figure="buried 2.13 per 1,000 km year", provenance=STATED
        ),
        TracedFigure(subject="attenuation", figure="G.652.D 0.22 dB/km", provenance=DERIVED),
    )
