"""Combs, libraries and settings that tests of amplifiers and ROADMs share."""

import numpy as np

from karakoram.engines.optics.amplified import AmplifierSettings
from karakoram.engines.optics.amplifier_types import AmplifierType, ChannelColumns
from karakoram.engines.optics.noise_figure import FixedNoiseFigure
from karakoram.engines.optics.shares import NoiseShares


def ratio(value_db):
    return 10 ** (np.asarray(value_db, dtype=float) / 10)


def even_channels(count=12, *, first_thz=192.0, slot_ghz=100.0, symbol_gbd=64.0):
    return ChannelColumns(
        frequency_hz=first_thz * 1e12 + slot_ghz * 1e9 * np.arange(count),
        symbol_rate_hz=np.full(count, symbol_gbd * 1e9),
        slot_width_hz=np.full(count, slot_ghz * 1e9),
    )


def shaped_type(**changes):
    """An amplifier that tilts, ripples and whose noise ripples."""
    return AmplifierType(
        **{
            "noise": FixedNoiseFigure(factor=4.0, gain_min=1.0),
            "output_power_max_w": 0.1,
            "f_min_hz": 191.0e12,
            "f_max_hz": 196.0e12,
            "tilt_response": np.array([1.0, 1.4, 2.1]),
            "ripple": ratio([0.0, 0.2, -0.1, 0.1]),
            "noise_ripple": ratio([0.3, -0.3]),
            **changes,
        }
    )


def settings(rows, **changes):
    columns = {"gain": 100.0, "tilt": 1.0, "input_loss": 1.0, "output_loss": 1.0, **changes}
    kind = np.broadcast_to(np.asarray(columns.pop("kind", 0)), rows)
    return AmplifierSettings(
        kind=np.array(kind),
        **{
            name: np.array(np.broadcast_to(np.asarray(value, dtype=float), rows))
            for name, value in columns.items()
        },
    )


def some_shares(rows, channels, *, ase=0.01, nli=0.02):
    wide = np.ones((rows, channels))
    return NoiseShares(signal=(1 - ase - nli) * wide, ase=ase * wide, nli=nli * wide)
