"""What of a transceiver's modes do the engines ask for, and which light does a mode send?"""

from dataclasses import replace

import numpy as np
from jaxtyping import Bool

from karakoram.core.units import hz_from_ghz, linear_from_db, watt_from_dbm
from karakoram.engines.optics.mode_choice import TransceiverMode as ModeColumns
from karakoram.engines.optics.receiver import PenaltyCurve
from karakoram.network.photonic.transceivers import PenaltyTable, TransceiverMode
from karakoram.planning.photonic.lit_channels import LitChannels

_S_PER_M_FROM_PS_PER_NM = 1e-3
_S_PER_PS = 1e-12
_TOLERANCE_HZ = 1e3
"""A slot as wide as a mode needs is wide enough, whatever the last digit of either."""


def mode_columns(mode: TransceiverMode) -> ModeColumns:
    """A mode in linear units; noise of its transmitter is part of the light it sends.

    A mode without a cost comes after those of the same bit rate and slot that have one.
    """
    least, most = mode.rx_power_dbm_min, mode.rx_power_dbm_max
    return ModeColumns(
        bit_rate_bit_per_s=mode.bit_rate_gbps * 1e9,
        symbol_rate_hz=hz_from_ghz(mode.symbol_rate_gbaud),
        slot_width_hz=hz_from_ghz(mode.spacing_ghz_min),
        osnr_required=linear_from_db(mode.required_osnr_db),
        transmitter_osnr=float("inf"),
        cost=float("inf") if mode.cost is None else mode.cost,
        dispersion_penalty=_curve(mode.cd_penalties, _S_PER_M_FROM_PS_PER_NM),
        pmd_penalty=_curve(mode.pmd_penalties, _S_PER_PS),
        pdl_penalty=_curve(mode.pdl_penalties, 1.0),
        power_min_w=0.0 if least is None else watt_from_dbm(least),
        power_max_w=float("inf") if most is None else watt_from_dbm(most),
    )


def _curve(table: PenaltyTable | None, scale: float) -> PenaltyCurve | None:
    if table is None:
        return None
    return PenaltyCurve(
        impairment=np.array(table.impairments) * scale, penalty_db=np.array(table.penalties_db)
    )


def fits(mode: TransceiverMode, lit: LitChannels) -> Bool[np.ndarray, " channel"]:
    """Which channels have a slot as wide as the mode needs."""
    return lit.slot_width_hz >= hz_from_ghz(mode.spacing_ghz_min) - _TOLERANCE_HZ


def channels_in_mode(lit: LitChannels, mode: TransceiverMode) -> LitChannels:
    """The channels as transceivers in this mode send them; those with too narrow a slot as before.

    Powers out of the transmitters stay. A mode that states no roll-off has that of the channels.
    """
    chosen = fits(mode, lit)
    roll_off = lit.roll_off if mode.roll_off is None else mode.roll_off
    offset = lit.launch_offset * linear_from_db(mode.equalisation_offset_db)
    return replace(
        lit,
        symbol_rate_hz=np.where(chosen, hz_from_ghz(mode.symbol_rate_gbaud), lit.symbol_rate_hz),
        transmitter_osnr=np.where(chosen, linear_from_db(mode.tx_osnr_db), lit.transmitter_osnr),
        launch_offset=np.where(chosen, offset, lit.launch_offset),
        roll_off=np.where(chosen, roll_off, lit.roll_off),
    )
