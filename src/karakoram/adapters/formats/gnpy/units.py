"""By what must a number of a GNPy file be multiplied to be in the unit of our records?

GNPy's files hold SI units, with some exceptions that its documentation names (km, dB, GHz).
"""

from decimal import Decimal

THZ_FROM_HZ = Decimal("1e-12")
GHZ_FROM_HZ = Decimal("1e-9")
"""Also GBd from Bd and Gbit/s from bit/s."""
PS_PER_NM_KM_FROM_S_PER_M2 = Decimal("1e6")
PS_PER_NM2_KM_FROM_S_PER_M3 = Decimal("1e-3")
UM2_FROM_M2 = Decimal("1e12")
PER_KM_FROM_PER_M = Decimal("1e3")
"""Gamma and Raman gain: 1/(W km) from 1/(W m)."""
PS_PER_SQRT_KM_FROM_S_PER_SQRT_M = Decimal("1e12") * Decimal(1000).sqrt()
PS_FROM_S = Decimal("1e12")
MW_FROM_W = Decimal("1e3")
KM_FROM_M = Decimal("1e-3")
"""Also km from m of a resolution."""
