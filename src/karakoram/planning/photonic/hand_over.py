"""How do a partner's budget and a computed leg become one path?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.core.units import linear_from_db
from karakoram.engines.optics.legs import Leg, composed_leg
from karakoram.engines.optics.receiver import receiver_snr
from karakoram.network.photonic.noise_budget import (
    GSNR_DB_MAX,
    TABLE,
    BudgetBand,
    NoiseBudget,
    chain_findings,
)
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.propagation_records import PathPropagation

_GAP_THZ = 1e-9
"""Slots no farther apart are neighbours: rounding of frequencies, a kilohertz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Where a leg that is told to a partner begins and ends, and how far it may be trusted."""

    operator_id: OperatorId
    from_site_id: SiteId
    to_site_id: SiteId
    input_power_dbm: float
    """That a channel needs where the leg begins."""
    valid_until: date
    provenance: Provenance
    is_full_load: bool = True


def leg_of_light(light: PathPropagation) -> Leg:
    """The leg that a computed path is, terminals left out."""
    end = light.elements[-1].channels
    return Leg(
        gsnr=linear_from_db(end.gsnr_db),
        dispersion_s_per_m=end.cd_ps_per_nm * 1e-3,
        pmd_s=end.pmd_ps * 1e-12,
        pdl_db=end.pdl_db,
        latency_s=light.latency_ms * 1e-3,
    )


def _leg_of_budget(budget: NoiseBudget, lit: LitChannels) -> Leg:
    """The leg that a budget tells of; every channel must lie in one of its bands."""
    bands = [budget.band_of(*slot) for slot in _slots_thz(lit)]
    known = [band for band in bands if band is not None]
    assert len(known) == len(bands), "chain_findings() finds channels of which nothing is said"
    shape = lit.frequency_hz.shape
    return Leg(
        gsnr=linear_from_db(np.array([band.gsnr_db for band in known])),
        dispersion_s_per_m=np.array([band.cd_ps_per_nm for band in known]) * 1e-3,
        pmd_s=np.full(shape, budget.pmd_ps * 1e-12),
        pdl_db=np.full(shape, budget.pdl_db),
        latency_s=budget.latency_ms * 1e-3,
    )


def budget_of_light(
    light: PathPropagation, lit: LitChannels, *, told: HandOver, band_count: int = 1
) -> NoiseBudget:
    """What an operator may tell of a computed leg: the least GSNR of each of some bands.

    Parameters
    ----------
    light, lit
        The leg, and its channels, all of them lit.
    told
        Between which sites, for how long.
    band_count
        Into how many bands of about equally many channels the spectrum is cut; as many as
        there are channels tells each.

    Raises
    ------
    InvalidDataError
        If no channel is usable.
    """
    end_dbm = light.elements[-1].channels.power_dbm
    return budget_of_leg(
        leg_of_light(light),
        lit,
        told=told,
        band_count=band_count,
        output_power_dbm=float(end_dbm.min()),
    )


def budget_of_leg(
    leg: Leg, lit: LitChannels, *, told: HandOver, output_power_dbm: float, band_count: int = 1
) -> NoiseBudget:
    """As :func:`budget_of_light`, of a leg however it is known.

    Channels below 0 dB of GSNR are in no band, and a band ends where the next slot is not
    lit: of such light nothing can be said.

    Parameters
    ----------
    leg, lit
        The leg, and its channels.
    told, band_count
        As of :func:`budget_of_light`.
    output_power_dbm
        Least of a channel where the leg ends.

    Raises
    ------
    InvalidDataError
        If no channel is usable.
    """
    gsnr_db = np.minimum(_decibels(leg.gsnr), GSNR_DB_MAX)
    half_hz = lit.slot_width_hz / 2.0
    lower_thz = (lit.frequency_hz - half_hz) / 1e12
    upper_thz = (lit.frequency_hz + half_hz) / 1e12
    # Rounding must not make one slot overlap the next.
    upper_thz[:-1] = np.minimum(upper_thz[:-1], lower_thz[1:])
    usable = np.flatnonzero(gsnr_db >= 0.0)
    if not usable.size:
        place = Place(table=TABLE, record=told.operator_id, field="bands")
        message = "no channel has more signal than noise; light of the leg is of no use"
        raise InvalidDataError((Finding(code="no-usable-light", place=place, message=message),))
    is_end = (np.diff(usable) > 1) | (lower_thz[usable[1:]] > upper_thz[usable[:-1]] + _GAP_THZ)
    runs = np.split(usable, np.flatnonzero(is_end) + 1)
    per_band = max(1, -(-usable.size // band_count))
    bands = tuple(
        BudgetBand(
            band=FrequencyBand(
                lower_thz=float(lower_thz[part[0]]), upper_thz=float(upper_thz[part[-1]])
            ),
            gsnr_db=float(gsnr_db[part].min()),
            cd_ps_per_nm=float(leg.dispersion_s_per_m[part].mean() * 1e3),
        )
        for run in runs
        for part in np.array_split(run, -(-run.size // per_band))
    )
    return NoiseBudget(
        operator_id=told.operator_id,
        from_site_id=told.from_site_id,
        to_site_id=told.to_site_id,
        bands=bands,
        pmd_ps=float(leg.pmd_s.max() * 1e12),
        pdl_db=float(leg.pdl_db.max()),
        latency_ms=leg.latency_s * 1e3,
        symbol_rate_gbaud=float(lit.symbol_rate_hz[0] / 1e9),
        input_power_dbm=told.input_power_dbm,
        output_power_dbm=output_power_dbm,
        is_full_load=told.is_full_load,
        valid_until=told.valid_until,
        provenance=told.provenance,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChainedLeg:
    """A leg of a chain: what is told of it, and what is known of it besides."""

    budget: NoiseBudget
    computed: Leg | None = None
    """Of one's own legs, exact channel by channel; ``None``: all that is known is told."""

    def leg(self, lit: LitChannels) -> Leg:
        """What it does to channels that its bands cover."""
        return _leg_of_budget(self.budget, lit) if self.computed is None else self.computed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JointPath:
    """A path over legs of several operators."""

    whole: Leg
    """From the first hand-over to the last, terminals left out."""
    snr: Float[np.ndarray, " channel"]
    """At the receiver [1], in the signal bandwidth, noise of the transmitter included."""
    warnings: tuple[Finding, ...]


def joint_path(
    budgets: Sequence[NoiseBudget],
    *,
    lit: LitChannels,
    on_day: date,
    computed: Sequence[Leg] = (),
) -> JointPath:
    """Legs of partners and computed ones as one path.

    Parameters
    ----------
    budgets
        Partners' legs, in the order of light.
    lit
        Channels that run over all of them.
    on_day
        Day on which the budgets are to hold.
    computed
        Legs of one's own, for the same channels; nobody asks where they join.

    Raises
    ------
    InvalidDataError
        With a finding for all that keeps the legs from being put together.
    """
    chain = [ChainedLeg(budget=budget) for budget in budgets]
    return _joint(chain, lit=lit, on_day=on_day, besides=computed)


def chained_path(legs: Sequence[ChainedLeg], *, lit: LitChannels, on_day: date) -> JointPath:
    """Legs in the order of light, one's own among them, as one path.

    Parameters
    ----------
    legs
        At least one; each must join the next in place and power.
    lit
        Channels that run over all of them.
    on_day
        Day on which they are to hold.

    Raises
    ------
    InvalidDataError
        With a finding for all that keeps the legs from being put together.
    """
    return _joint(legs, lit=lit, on_day=on_day)


def _joint(
    chain: Sequence[ChainedLeg],
    *,
    lit: LitChannels,
    on_day: date,
    besides: Sequence[Leg] = (),
) -> JointPath:
    findings = chain_findings(
        [one.budget for one in chain], slots_thz=_slots_thz(lit), on_day=on_day
    )
    if errors := errors_of(findings):
        raise InvalidDataError(errors)
    whole = composed_leg([*(one.leg(lit) for one in chain), *besides])
    return JointPath(
        whole=whole,
        snr=receiver_snr(
            gsnr=whole.gsnr,
            symbol_rate_hz=lit.symbol_rate_hz,
            inverse_osnr=np.asarray(1.0 / lit.transmitter_osnr),
        ),
        warnings=findings,
    )


def _slots_thz(lit: LitChannels) -> list[tuple[float, float]]:
    """Lower and upper edge of the slot of each channel."""
    half_hz = lit.slot_width_hz / 2.0
    lower, upper = (lit.frequency_hz - half_hz) / 1e12, (lit.frequency_hz + half_hz) / 1e12
    return list(zip(lower.tolist(), upper.tolist(), strict=True))


def covered(budgets: Sequence[NoiseBudget], lit: LitChannels) -> Bool[np.ndarray, "leg channel"]:
    """Which channels each budget says something of."""
    slots = _slots_thz(lit)
    return np.array([[budget.band_of(*slot) is not None for slot in slots] for budget in budgets])


def _decibels(ratio: Float[np.ndarray, " channel"]) -> Float[np.ndarray, " channel"]:
    with np.errstate(divide="ignore"):
        return np.asarray(10.0 * np.log10(ratio))  # infinite without noise
