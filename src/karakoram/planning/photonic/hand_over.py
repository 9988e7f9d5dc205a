"""How do a partner's budget and a computed leg become one path?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.core.units import linear_from_db
from karakoram.engines.optics.legs import Leg, composed_leg
from karakoram.engines.optics.receiver import receiver_snr
from karakoram.network.photonic.noise_budget import (
    BudgetBand,
    NoiseBudget,
    chain_findings,
)
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.propagation_records import PathPropagation


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


def leg_of_budget(budget: NoiseBudget, lit: LitChannels) -> Leg:
    """The leg that a budget tells of; every channel must lie in one of its bands."""
    half_hz = lit.slot_width_hz / 2.0
    edges_thz = zip(
        ((lit.frequency_hz - half_hz) / 1e12).tolist(),
        ((lit.frequency_hz + half_hz) / 1e12).tolist(),
        strict=True,
    )
    bands = [budget.band_of(*edges) for edges in edges_thz]
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
    """
    end = light.elements[-1].channels
    parts = np.array_split(np.arange(light.frequency_thz.size), band_count)
    half_thz = lit.slot_width_hz / 2e12
    bands = tuple(
        BudgetBand(
            band=FrequencyBand(
                lower_thz=float(light.frequency_thz[part[0]] - half_thz[part[0]]),
                upper_thz=float(light.frequency_thz[part[-1]] + half_thz[part[-1]]),
            ),
            gsnr_db=float(end.gsnr_db[part].min()),
            cd_ps_per_nm=float(end.cd_ps_per_nm[part].mean()),
        )
        for part in parts
        if part.size
    )
    return NoiseBudget(
        operator_id=told.operator_id,
        from_site_id=told.from_site_id,
        to_site_id=told.to_site_id,
        bands=bands,
        pmd_ps=float(end.pmd_ps.max()),
        pdl_db=float(end.pdl_db.max()),
        latency_ms=light.latency_ms,
        symbol_rate_gbaud=float(lit.symbol_rate_hz[0] / 1e9),
        input_power_dbm=told.input_power_dbm,
        output_power_dbm=float(end.power_dbm.min()),
        is_full_load=told.is_full_load,
        valid_until=told.valid_until,
        provenance=told.provenance,
    )


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
        Legs of one's own, for the same channels.

    Raises
    ------
    InvalidDataError
        With a finding for all that keeps the legs from being put together.
    """
    half_hz = lit.slot_width_hz / 2.0
    slots_thz = list(
        zip(
            ((lit.frequency_hz - half_hz) / 1e12).tolist(),
            ((lit.frequency_hz + half_hz) / 1e12).tolist(),
            strict=True,
        )
    )
    findings = chain_findings(budgets, slots_thz=slots_thz, on_day=on_day)
    if errors := errors_of(findings):
        raise InvalidDataError(errors)
    whole = composed_leg([*(leg_of_budget(budget, lit) for budget in budgets), *computed])
    return JointPath(
        whole=whole,
        snr=receiver_snr(
            gsnr=whole.gsnr,
            symbol_rate_hz=lit.symbol_rate_hz,
            inverse_osnr=np.asarray(1.0 / lit.transmitter_osnr),
        ),
        warnings=findings,
    )
