"""How do engineering units (records) become SI linear units (engines), and back?

A name says its unit: ``loss_db``, ``launch_power_dbm``, ``power_w``, ``length_km``.
Quantities in dB are added; linear ratios are multiplied; this module is the only bridge.
"""

from math import log
from typing import overload

import numpy as np
from jaxtyping import Float

SPEED_OF_LIGHT_M_PER_S = 299_792_458.0
"""Exact by definition of the metre (SI, 2019)."""

PLANCK_J_S = 6.626_070_15e-34
"""Exact by definition of the kilogram (SI, 2019)."""

HOURS_PER_YEAR = 8_766.0
"""Julian year of 365.25 days."""

MINUTES_PER_YEAR = 525_960.0
"""Julian year of 365.25 days."""

OSNR_BANDWIDTH_HZ = 12.5e9
"""Reference noise bandwidth of OSNR: 0.1 nm at 1550 nm (ITU-T G.697)."""

NEPER_PER_DB = log(10.0) / 10.0
"""Nepers of power in a decibel: exp(-x) = 10^(-1/10) at x = NEPER_PER_DB."""


@overload
def linear_from_db(ratio_db: float) -> float: ...
@overload
def linear_from_db(ratio_db: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]: ...
def linear_from_db(
    ratio_db: float | Float[np.ndarray, "*shape"],
) -> float | Float[np.ndarray, "*shape"]:
    """Power ratio [1] from decibels [dB].

    >>> linear_from_db(30.0)
    1000.0
    """
    result: float | Float[np.ndarray, "*shape"] = 10.0 ** (ratio_db / 10.0)
    return result


def db_from_linear(ratio: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Decibels [dB] from a power ratio [1]; every ratio must be positive.

    >>> db_from_linear(np.array([0.5, 1.0, 100.0])).round(2).tolist()
    [-3.01, 0.0, 20.0]
    """
    assert (ratio > 0.0).all(), "a power ratio must be positive to be expressed in dB"
    return np.asarray(10.0 * np.log10(ratio))


@overload
def watt_from_dbm(power_dbm: float) -> float: ...
@overload
def watt_from_dbm(power_dbm: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]: ...
def watt_from_dbm(
    power_dbm: float | Float[np.ndarray, "*shape"],
) -> float | Float[np.ndarray, "*shape"]:
    """Power [W] from decibels above a milliwatt [dBm].

    >>> watt_from_dbm(30.0)
    1.0
    """
    return linear_from_db(power_dbm - 30.0)


def dbm_from_watt(power_w: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Decibels above a milliwatt [dBm] from power [W]; every power must be positive.

    >>> dbm_from_watt(np.array([0.001, 1.0])).round(9).tolist()
    [0.0, 30.0]
    """
    return db_from_linear(power_w) + 30.0


def hz_from_ghz(frequency_ghz: float) -> float:
    """Frequency or symbol rate [Hz, Bd] from [GHz, GBd].

    >>> hz_from_ghz(50.0)
    50000000000.0
    """
    return frequency_ghz * 1e9


def hz_from_thz(frequency_thz: float) -> float:
    """Frequency [Hz] from [THz].

    >>> hz_from_thz(191.3)
    191300000000000.0
    """
    return frequency_thz * 1e12


def mbps_from_bit_per_s(bit_rate_bit_per_s: float) -> float:
    """Bit rate [Mbit/s].

    >>> mbps_from_bit_per_s(2_048_000.0)
    2.048
    """
    return bit_rate_bit_per_s / 1e6


def bit_per_s_from_tbps(bit_rate_tbps: float) -> float:
    """Bit rate [bit/s] from [Tb/s].

    >>> bit_per_s_from_tbps(4.6)
    4600000000000.0
    """
    return bit_rate_tbps * 1e12


def ghz_from_thz(frequency_thz: float) -> float:
    """Frequency in GHz.

    >>> ghz_from_thz(193.1)
    193100.0
    """
    return frequency_thz * 1e3


def ps_per_nm_from_s_per_m(dispersion_s_per_m: float) -> float:
    """Accumulated chromatic dispersion [ps/nm] from [s/m].

    >>> ps_per_nm_from_s_per_m(17.0)
    17000.0
    """
    return dispersion_s_per_m * 1e3


def ps_from_s(time_s: float) -> float:
    """Time [ps] from [s].

    >>> ps_from_s(2.0)
    2000000000000.0
    """
    return time_s * 1e12


def m_from_km(length_km: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Length [m] from [km].

    >>> m_from_km(np.array([811.2])).tolist()
    [811200.0]
    """
    return length_km * 1e3


def per_m_from_db_per_km(
    attenuation_db_per_km: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]:
    """Power attenuation coefficient [1/m] from attenuation [dB/km]: alpha = A ln(10) / 10.

    >>> per_m_from_db_per_km(np.array([0.2])).round(8).tolist()
    [4.605e-05]
    """
    return attenuation_db_per_km * NEPER_PER_DB * 1e-3


def s_per_m2_from_ps_per_nm_km(
    dispersion_ps_per_nm_km: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]:
    """Dispersion coefficient [s/m²] from [ps/(nm km)].

    >>> s_per_m2_from_ps_per_nm_km(np.array([17.0])).round(9).tolist()
    [1.7e-05]
    """
    return dispersion_ps_per_nm_km * 1e-6


def s_per_m3_from_ps_per_nm2_km(
    dispersion_slope_ps_per_nm2_km: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]:
    """Dispersion slope [s/m³] from [ps/(nm² km)].

    >>> s_per_m3_from_ps_per_nm2_km(np.array([0.06])).tolist()
    [60.0]
    """
    return dispersion_slope_ps_per_nm2_km * 1e3


def m2_from_um2(area_um2: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Area [m²] from [µm²].

    >>> m2_from_um2(np.array([80.0])).round(15).tolist()
    [8e-11]
    """
    return area_um2 * 1e-12


def s_per_sqrt_m_from_ps_per_sqrt_km(
    pmd_ps_per_sqrt_km: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]:
    """Coefficient of polarisation mode dispersion [s/sqrt(m)] from [ps/sqrt(km)].

    >>> s_per_sqrt_m_from_ps_per_sqrt_km(np.array([0.1])).round(18).tolist()
    [3.162e-15]
    """
    return np.asarray(pmd_ps_per_sqrt_km * 1e-12 / 1e3**0.5)


def latency_ms_from_length(length_km: float, group_index: float) -> float:
    """One-way propagation delay [ms]: t = L n_g / c.

    Parameters
    ----------
    length_km
        Glass length L [km].
    group_index
        Group index n_g of the fibre [1], the slowing of a signal, not of one wave.

    Examples
    --------
    >>> round(latency_ms_from_length(1_000.0, 1.468), 4)
    4.8967
    """
    return length_km * 1e6 * group_index / SPEED_OF_LIGHT_M_PER_S


def failures_per_year_from_fit(fit: float) -> float:
    """Failures a year from FIT (failures in 1e9 device hours).

    >>> round(failures_per_year_from_fit(2_000.0), 6)
    0.017532
    """
    return fit * HOURS_PER_YEAR / 1e9
