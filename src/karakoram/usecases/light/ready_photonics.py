"""How does what files say of a photonic network become a network that can be lit?"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.engines.optics.method import PropagationMethod
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.simulation import NonlinearMethod
from karakoram.network.photonic.spectral import ElementId
from karakoram.planning.photonic.design import designed_network
from karakoram.planning.photonic.lit_channels import (
    LitChannels,
    channels_of_comb,
    channels_of_parts,
)
from karakoram.planning.photonic.methods import (
    chosen_nonlinear,
    interpolation_findings,
    propagation_method,
)
from karakoram.planning.photonic.model_limits import model_findings
from karakoram.usecases.light.photonic_ports import PhotonicMaterial, PhotonicSource
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.words import Reading, choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadyPhotonics:
    """A network with every setting stated, the channels to light, and the models to use."""

    network: PhotonicNetwork
    library: PhotonicLibrary
    lit: LitChannels
    method: PropagationMethod
    nonlinear: NonlinearMethod
    """The model of interference by its name."""
    warnings: tuple[Finding, ...]
    """What is odd about the files and the design, and what was assumed."""
    material: PhotonicMaterial
    """What it was made of."""

    def model_findings(self, path: Iterable[ElementId]) -> tuple[Finding, ...]:
        """What of these elements the model of interference cannot compute, or not well."""
        findings = model_findings(
            (self.network.elements[element_id] for element_id in path),
            self.library,
            frequency_hz=self.lit.frequency_hz,
            method=self.nonlinear,
        )
        few = interpolation_findings(
            self.material.simulation,
            method=self.nonlinear,
            channel_count=self.lit.frequency_hz.size,
        )
        return self.material.located((*findings, *few))


def ready_photonics(
    photonics: PhotonicSource,
    *,
    is_designed: bool,
    scatters: bool,
    nonlinear_model: str | None = None,
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
    nonlinear_model
        Word for a model of interference instead of that of the files.
    progress
        Is told what happens.

    Raises
    ------
    InvalidDataError
        If the files break a rule, the model is not known or cannot compute the network, or the
        design finds no answer.
    """
    model = nonlinear_reading(nonlinear_model)
    refuse_unread((model,))
    progress("Reading the network")
    ready, findings = ready_material(
        photonics.read_photonics(),
        is_designed=is_designed,
        scatters=scatters,
        nonlinear=model.read,
        progress=progress,
    )
    limits = ready.model_findings(ready.network.elements)
    refuse_findings((*findings, *limits))
    return replace(ready, warnings=(*ready.warnings, *limits))


def nonlinear_reading(word: str | None) -> Reading[NonlinearMethod]:
    """The model of interference that a word means; nothing is read where there is no word."""
    if word is None:
        return Reading(read=None)
    return reading("nonlinear_model", word, lambda text: choice_from_word(text, NonlinearMethod))


def ready_material(
    given: PhotonicMaterial,
    *,
    is_designed: bool,
    scatters: bool,
    nonlinear: NonlinearMethod | None = None,
    progress: Progress = silent,
) -> tuple[ReadyPhotonics, tuple[Finding, ...]]:
    """As :func:`ready_photonics`, of what is read already; with what the design found.

    Parameters
    ----------
    given
        What was read.
    is_designed
        Whether amplifiers are to be placed and set first.
    scatters
        Whether stimulated Raman scattering may be computed.
    nonlinear
        A model instead of that of the settings.
    progress
        Hears what is being done.
    """
    if given.spectrum is not None:
        lit = channels_of_parts(given.spectrum)
    else:
        lit = channels_of_comb(given.library.spectra["default"])
    model = chosen_nonlinear(given.simulation, nonlinear)
    network = given.network
    findings: tuple[Finding, ...] = ()
    if is_designed:
        progress("Designing the network")
        scattering = None if given.simulation is None else given.simulation.scattering
        designed = designed_network(network, given.library, scattering=scattering)
        network, findings = designed.network, given.located(designed.findings)
    ready = ReadyPhotonics(
        network=network,
        library=given.library,
        lit=lit,
        method=propagation_method(given.simulation, scatters=scatters, nonlinear=nonlinear),
        nonlinear=model,
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
