"""Can a wavelength be given, on which ways, on which slots, and what is it like?

Planning designs the light under full load; here the ways are held against the spectrum that is
free now. Sections that have no place left for any mode are avoided from the start; a way whose
sections have no slot in common is given up, the fullest section avoided, and planning asked again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.core.identifiers import ResourceId, SpanId
from karakoram.core.provenance import weakest
from karakoram.network.network import Network
from karakoram.planning.demand import Exclusions, Protection, ServiceDemand
from karakoram.planning.design import design_service
from karakoram.planning.lightpaths import WAVELENGTHS_MAX, wavelengths_for
from karakoram.planning.offers import (
    Infeasible,
    Offer,
    Reason,
    ServicePath,
)
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.trust import (
    availability_trust,
    gsnr_trust,
    latency_trust,
    length_trust,
)
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.words import PriceBasis
from karakoram.sales.feasibility.lit_spectrum import (
    LitStretch,
    NoCommonSlot,
    lit_path,
    spectrum_claims,
)
from karakoram.sales.feasibility.operator_legs import sold_between
from karakoram.sales.feasibility.questions import (
    FeasibilityBasis,
    FeasibilityQuestion,
    Feasible,
    NewId,
    NotFeasible,
)
from karakoram.sales.feasibility.site_claims import site_claims
from karakoram.sales.feasibility.wave_charges import charges_of_lines
from karakoram.sales.feasibility.wave_legs import LEAD_TIMES, wave_legs
from karakoram.sales.inventory.plant_resources import from_the_network, spans_by_oms
from karakoram.sales.inventory.resources import PlannedClaim, Resource, ResourceStatus
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.inventory.units import starts_of_runs
from karakoram.sales.plans import (
    Charge,
    LabelledPlan,
    PlanFigure,
    PlanLabel,
    PlanMeasures,
    Refusal,
    ServicePlan,
)
from karakoram.sales.resource_kinds import ResourceKind

_LABELS = tuple(PlanLabel)

DESIGNS_KEPT = 128
"""Demands whose designs are kept: a buyer asks for a budget, then for the same firmly, and the
network of a planner does not change. One takes up to 100 ms to make, and 100 kB."""
DESIGNS_MAX = 4
"""How often planning is asked again around sections without a common slot."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WavelengthPlanner:
    """The planner of wavelengths on one network, made ready once."""

    prepared: PreparedNetwork
    designed: "Callable[[ServiceDemand], tuple[_Service, ...] | Infeasible]"
    """What :func:`karakoram.planning.design.design_service` answers on this network, by service."""
    spans_by_oms: dict[ResourceId, tuple[SpanId, ...]]

    def __call__(
        self, question: FeasibilityQuestion, basis: FeasibilityBasis
    ) -> Feasible | NotFeasible:
        """Up to three plans: cheapest, lowest latency, most diverse; or why there is none."""
        at_sites, refusals = site_claims(question, basis.stock)
        lit = self._searched(self._demand(question), basis.stock)
        if isinstance(lit, NotFeasible):
            return replace(lit, reasons=(*lit.reasons, *refusals))
        if refusals:
            return NotFeasible(reasons=refusals)
        plans = [
            LabelledPlan(label=label, plan=plan)
            for each in lit
            for plan in [self._plan(question, each, new_id=basis.new_id, at_sites=at_sites)]
            for label in each.service.labels
        ]
        return Feasible(plans=tuple(sorted(plans, key=lambda each: _LABELS.index(each.label))))

    def _searched(
        self, demand: ServiceDemand, stock: Stock
    ) -> "tuple[_LitService, ...] | NotFeasible":
        """The services whose every lightpath has slots; or why none was found."""
        full = self._full_oms(demand, stock)
        avoided: tuple[ResourceId, ...] = ()
        for _ in range(DESIGNS_MAX):
            lit = self._lit_services(demand, (*full, *avoided), stock)
            if isinstance(lit, Infeasible):
                return self._refused(demand, (*full, *avoided), stock)
            if not isinstance(lit, NoCommonSlot):
                return lit
            avoided = (*avoided, lit.fullest)
        return NotFeasible(reasons=(self._search_ended(avoided, stock),))

    def _demand(self, question: FeasibilityQuestion) -> ServiceDemand:
        values = question.configuration
        z_site_id = question.z_site_id
        assert z_site_id is not None, "a wavelength has two ends"
        return ServiceDemand(
            a_site_id=question.a_site_id,
            z_site_id=z_site_id,
            bit_rate_gbps=float(values.text("bit_rate_gbps")),
            protection=Protection.ONE_PLUS_ONE if question.is_protected else Protection.NONE,
            on_day=question.on_day,
            term_months=int(values.text("term_months")),
        )

    def _full_oms(self, demand: ServiceDemand, stock: Stock) -> tuple[ResourceId, ...]:
        """Sections where no mode that can carry the bit rate finds a place."""
        modes = self.prepared.network.library.transceiver_modes.values()
        widths = [
            mode.spacing_ghz_min
            for mode in modes
            if wavelengths_for(mode, demand.bit_rate_gbps) <= WAVELENGTHS_MAX
        ]
        slots = int(min(widths, default=0.0) // WIDTH_STEP_GHZ) or 1
        return tuple(
            each
            for each in self.spans_by_oms
            if not starts_of_runs(stock.resources[each].free, slots)
            or stock.resources[each].status is not ResourceStatus.AVAILABLE
        )

    def _lit_services(
        self, demand: ServiceDemand, full: Sequence[ResourceId], stock: Stock
    ) -> "tuple[_LitService, ...] | Infeasible | NoCommonSlot":
        """The services whose every lightpath has slots; else what stood in the way."""
        avoided = frozenset(span for oms in full for span in self.spans_by_oms[oms])
        designed = self.designed(replace(demand, avoid=Exclusions(span_ids=avoided)))
        if isinstance(designed, Infeasible):
            return designed
        found: list[_LitService] = []
        missing: NoCommonSlot | None = None
        for service in designed:
            lit = self._lit(service.offer, stock)
            if isinstance(lit, NoCommonSlot):
                missing = lit
            else:
                found.append(_LitService(service=service, ways=lit))
        if found:
            return tuple(found)
        assert missing is not None
        return missing

    def _lit(self, offer: Offer, stock: Stock) -> tuple[tuple[LitStretch, ...], ...] | NoCommonSlot:
        """The slots of each path; a second path takes what the first leaves."""
        ways: list[tuple[LitStretch, ...]] = []
        for path in offer.paths:
            lit = lit_path(self.prepared, path, stock)
            if isinstance(lit, NoCommonSlot):
                return lit
            stock = stock.with_plan(spectrum_claims(lit, wave_id=ResourceId("")))
            ways.append(lit)
        return tuple(ways)

    def _plan(
        self,
        question: FeasibilityQuestion,
        lit: "_LitService",
        *,
        new_id: NewId,
        at_sites: tuple[PlannedClaim, ...],
    ) -> ServicePlan:
        network, offer = self.prepared.network, lit.service.offer
        waves = [_wave(question, path, network=network, wave_id=new_id()) for path in offer.paths]
        claims = list(at_sites)
        for path, wave, way in zip(offer.paths, waves, lit.ways, strict=True):
            claims.extend(spectrum_claims(way, wave_id=wave.resource_id))
            everything = (1 << wave.unit_count) - 1
            claims.append(
                PlannedClaim(
                    resource_id=wave.resource_id, units=everything, claimant_id=None, side=path.role
                )
            )
        return ServicePlan(
            connections=tuple(waves),
            claims=tuple(claims),
            legs=wave_legs(offer.paths, sold_between(question)),
            charges=_charges(question.offering, offer),
            measures=lit.service.measures,
            ways=tuple(path.site_ids for path in offer.paths),
            figures=(
                LEAD_TIMES,
                *(
                    PlanFigure(subject=each.subject, figure=each.figure, provenance=each.provenance)
                    for each in offer.assumptions
                ),
            ),
        )

    def _refused(
        self, demand: ServiceDemand, full: Sequence[ResourceId], stock: Stock
    ) -> NotFeasible:
        """Why there is no way: planning's own reasons, or the full sections on its ways."""
        designed = self.designed(demand)
        if isinstance(designed, Infeasible):
            return NotFeasible(reasons=tuple(map(_refusal, designed.reasons)))
        spans = {span for one in designed for path in one.offer.paths for span in path.span_ids}
        in_the_way = tuple(each for each in full if spans & set(self.spans_by_oms[each]))
        return NotFeasible(reasons=(self._no_slot(in_the_way, stock),))

    def _search_ended(self, avoided: Sequence[ResourceId], stock: Stock) -> Refusal:
        """That the ways tried have no slot in common, which says nothing of ways not tried."""
        known = self._no_slot(avoided, stock)
        return replace(
            known,
            code="search-ended",
            message=f"the search ended after {DESIGNS_MAX} designs, and another way may have room; "
            f"on those tried, {known.message}",
        )

    def _no_slot(self, full: Sequence[ResourceId], stock: Stock) -> Refusal:
        """One reason that names every section without a place, the fullest first."""
        sections = sorted(
            (stock.resources[each] for each in full), key=lambda each: (each.free_count, each.name)
        )
        told = ", ".join(f"{each.name} ({each.free_count} free)" for each in sections)
        first = sections[0]
        return Refusal(
            code="no-free-slot",
            where=first.name,
            message=f"no slot of the width needed is free all along: {told}, of "
            f"{first.unit_count} slots of 12.5 GHz each",
            alternatives=(
                "ask for a lower bit rate, which may need narrower slots",
                "ask without protection, if two ways are asked for",
                f"light another fibre pair from {first.a_site_id} to {first.z_site_id}",
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """What planning offers under one label or several, and what a buyer is told of it."""

    labels: tuple[PlanLabel, ...]
    offer: Offer
    """That of the first label; the others are the same but for their label."""
    measures: PlanMeasures


@dataclass(frozen=True, slots=True, kw_only=True)
class _LitService:
    """A service with slots on each of its ways."""

    service: _Service
    ways: tuple[tuple[LitStretch, ...], ...]


def wavelength_planner(prepared: PreparedNetwork) -> WavelengthPlanner:
    """The planner of wavelengths on this network."""
    return WavelengthPlanner(
        prepared=prepared,
        designed=lru_cache(maxsize=DESIGNS_KEPT)(partial(_designed, prepared)),
        spans_by_oms=spans_by_oms(prepared),
    )


def _designed(
    prepared: PreparedNetwork, demand: ServiceDemand
) -> tuple[_Service, ...] | Infeasible:
    """The services that planning offers, each once whatever its labels."""
    design = design_service(prepared, demand, is_advised=False)
    if isinstance(design, Infeasible):
        return design
    by_way: dict[tuple[tuple[SpanId, ...], ...], list[Offer]] = {}
    for offer in design.offers:
        by_way.setdefault(tuple(path.span_ids for path in offer.paths), []).append(offer)
    return tuple(
        _Service(
            labels=tuple(PlanLabel(offer.label.value) for offer in offers),
            offer=offers[0],
            measures=_measures(prepared.network, offers[0]),
        )
        for offers in by_way.values()
    )


def _wave(
    question: FeasibilityQuestion, path: ServicePath, *, network: Network, wave_id: ResourceId
) -> Resource:
    bit_rate = int(float(question.configuration.text("bit_rate_gbps")))
    modes = dict.fromkeys(each.transceiver_mode_id for each in path.lightpaths)
    return Resource(
        resource_id=wave_id,
        kind=ResourceKind.WAVE,
        model=" + ".join(modes),
        name=f"{path.site_ids[0]}-{path.site_ids[-1]} {bit_rate}G {path.role.value}",
        operator_id=question.seller_id,
        a_site_id=path.site_ids[0],
        z_site_id=path.site_ids[-1],
        unit_count=bit_rate,
        status=ResourceStatus.RESERVED,
        length_km=path.length_km,
        latency_ms=path.latency_ms,
        provenance=from_the_network(latency_trust(network, path)),
    )


def _measures(network: Network, offer: Offer) -> PlanMeasures:
    working = offer.paths[0]
    return PlanMeasures(
        length_km=working.length_km,
        latency_ms=working.latency_ms,
        availability=offer.availability,
        gsnr_margin_db=min(each.margin_db for path in offer.paths for each in path.lightpaths),
        shared_risks=tuple(risk.name for risk in offer.shared_risks),
        length_confidence=length_trust(network, working),
        latency_confidence=latency_trust(network, working),
        availability_confidence=availability_trust(offer),
        gsnr_margin_confidence=weakest(tuple(gsnr_trust(network, path) for path in offer.paths)),
    )


def _charges(offering: ProductOffering, offer: Offer) -> tuple[Charge, ...]:
    """The price book's lines; none where the catalogue prices the offering."""
    if offering.price_basis is PriceBasis.CATALOGUE:
        return ()
    return charges_of_lines(offer.price.lines)


def _refusal(reason: Reason) -> Refusal:
    return Refusal(
        code=reason.code,
        where=reason.where,
        message=reason.message,
        alternatives=tuple(
            " ".join((remedy.kind.value.replace("_", " "), *remedy.values)).strip()
            for remedy in reason.remedies
        ),
    )
