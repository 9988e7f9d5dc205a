"""How does what files say of a photonic network become a network that can be lit?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.engines.optics.method import PropagationMethod
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.planning.photonic.design import designed_network
from karakoram.planning.photonic.lit_channels import (
    LitChannels,
    channels_of_comb,
    channels_of_parts,
)
from karakoram.planning.photonic.methods import propagation_method
from karakoram.usecases.photonic_ports import PhotonicMaterial, PhotonicSource
from karakoram.usecases.ports import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadyPhotonics:
    """A network with every setting stated, the channels to light, and the models to use."""

    network: PhotonicNetwork
    library: PhotonicLibrary
    lit: LitChannels
    method: PropagationMethod
    warnings: tuple[Finding, ...]
    """What is odd about the files and the design, and what was assumed."""
    material: PhotonicMaterial
    """What it was made of."""


def ready_photonics(
    photonics: PhotonicSource,
    *,
    is_designed: bool,
    scatters: bool,
    progress: Progress = silent,
) -> ReadyPhotonics:
    """A network read, and designed where that is wanted.

    Parameters
    ----------
    photonics
        Where it comes from.
    is_designed
        Whether amplifiers are placed and set first where the network leaves it open.
    scatters
        Whether stimulated Raman scattering may be computed.
    progress
        Is told what happens.

    Raises
    ------
    InvalidDataError
        If the files break a rule, or the design finds no answer.
    """
    progress("Reading the network")
    ready, findings = ready_material(
        photonics.read_photonics(), is_designed=is_designed, scatters=scatters, progress=progress
    )
    refuse_findings(findings)
    return ready


def ready_material(
    given: PhotonicMaterial,
    *,
    is_designed: bool,
    scatters: bool,
    progress: Progress = silent,
) -> tuple[ReadyPhotonics, tuple[Finding, ...]]:
    """As :func:`ready_photonics`, of what is read already; with what the design found."""
    if given.spectrum is not None:
        lit = channels_of_parts(given.spectrum)
    else:
        lit = channels_of_comb(given.library.spectra["default"])
    network = given.network
    findings: tuple[Finding, ...] = ()
    if is_designed:
        progress("Designing the network")
        scattering = None if given.simulation is None else given.simulation.scattering
        designed = designed_network(network, given.library, scattering=scattering)
        network, findings = designed.network, given.located(designed.findings)
    method = propagation_method(given.simulation, scatters=scatters)
    ready = ReadyPhotonics(
        network=network,
        library=given.library,
        lit=lit,
        method=method,
        warnings=(*(used_warnings(given) if is_designed else given.warnings), *findings),
        material=given,
    )
    return ready, findings


def used_warnings(given: PhotonicMaterial) -> tuple[Finding, ...]:
    """What is odd about the files, where amplifiers are set anew: in power mode gains are not used.

    The design then says itself which gain it found too low.
    """
    if not given.library.spans["default"].is_power_mode:
        return given.warnings
    return tuple(one for one in given.warnings if one.code != "gain-below-minimum")


@contextmanager
def findings_located(given: PhotonicMaterial) -> Iterator[None]:
    """Name the file in what refuses within.

    Raises
    ------
    InvalidDataError
        As raised within, with files.
    """
    try:
        yield
    except InvalidDataError as refusal:
        raise InvalidDataError(given.located(refusal.findings)) from refusal


def refuse_findings(findings: tuple[Finding, ...]) -> None:
    """Go no further where one of the findings is an error.

    Raises
    ------
    InvalidDataError
        Carrying the errors.
    """
    if errors := errors_of(findings):
        raise InvalidDataError(errors)
