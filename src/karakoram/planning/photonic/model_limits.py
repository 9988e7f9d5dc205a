"""What of a network can the closed-form model of interference under Raman scattering not follow?

The other models take any fibre that :mod:`karakoram.planning.photonic.path_ways` lets light into.
"""

from collections.abc import Iterable, Iterator
from math import log10

import numpy as np
from jaxtyping import Float

from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.photonic.elements import Element, Fibre
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.figures import fibre_figures
from karakoram.network.photonic.simulation import NonlinearMethod
from karakoram.network.photonic.spectral import SpectralProfile

BAND_THZ_MAX = 15.0
"""Width of band up to which Raman gain is taken as linear: D. Semrau et al., arXiv:1808.07940."""

_EXCESS_DB_MAX = 0.5
"""Pessimism of a fibre taken as endless that is not worth a word."""


def model_findings(
    elements: Iterable[Element],
    library: PhotonicLibrary,
    *,
    frequency_hz: Float[np.ndarray, " channel"],
    method: NonlinearMethod,
) -> tuple[Finding, ...]:
    """What the model cannot compute, as errors, and where it is far off, as warnings.

    Parameters
    ----------
    elements, library
        What light is to pass, every setting stated.
    frequency_hz
        Of all channels, ascending.
    method
        The model of interference.
    """
    if method is not NonlinearMethod.ISRS_GN_CLOSED_FORM:
        return ()
    findings: list[Finding] = []
    width_thz = float(frequency_hz[-1] - frequency_hz[0]) / 1e12
    if width_thz > BAND_THZ_MAX:
        message = (
            f"the channels span {width_thz:.1f} THz, and {method.value} holds up to "
            f"{BAND_THZ_MAX:g} THz; light fewer, or use another nonlinear model"
        )
        place = Place(table="spectrum")
        findings.append(Finding(code="band-too-wide", place=place, message=message))
    for element in elements:
        if isinstance(element, Fibre):
            findings += _fibre_findings(element, library, method)
    return tuple(findings)


def _fibre_findings(
    fibre: Fibre, library: PhotonicLibrary, method: NonlinearMethod
) -> Iterator[Finding]:
    figures = fibre_figures(fibre, library)
    if figures.raman_pumping is not None:
        yield _finding(
            "pumps-not-modelled",
            fibre,
            field="raman_pumping",
            message=f"it is pumped, and {method.value} knows of no pumps; use another nonlinear "
            "model",
            severity=Severity.ERROR,
        )
        return
    loss = figures.loss_db_per_km
    per_km = min(loss.values) if isinstance(loss, SpectralProfile) else loss
    excess_db = -20.0 * log10(1.0 - 10.0 ** (-per_km * fibre.length_km / 10.0))
    if excess_db > _EXCESS_DB_MAX:
        yield _finding(
            "fibre-too-short",
            fibre,
            field="length_km",
            message=f"{method.value} takes every fibre as endless, which puts the interference of "
            f"this one up to {excess_db:.1f} dB too high; use another nonlinear model where it "
            "matters",
            severity=Severity.WARNING,
        )
    if figures.raman_gain is not None:
        yield _finding(
            "gain-not-used",
            fibre,
            field="raman_gain",
            message=f"{method.value} takes the Raman gain of standard silica for its interference, "
            "not the one that is stated",
            severity=Severity.WARNING,
        )


def _finding(code: str, fibre: Fibre, *, field: str, message: str, severity: Severity) -> Finding:
    place = Place(table="elements", record=fibre.element_id, field=field)
    return Finding(code=code, place=place, message=message, severity=severity)
