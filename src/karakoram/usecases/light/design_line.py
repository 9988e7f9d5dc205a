"""Which amplifiers does a network in somebody's files need, and to what are they set?"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.core.findings import Finding, Severity, errors_of
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.core.provenance import Assumption
from karakoram.planning.photonic.design import designed_on
from karakoram.planning.photonic.design_records import (
    DesignBasis,
    DesignedAmplifier,
    DesignedNetwork,
)
from karakoram.usecases.light.design_ports import DesignPlotter, PhotonicTarget
from karakoram.usecases.light.photonic_ports import PhotonicSource
from karakoram.usecases.light.ready_photonics import used_warnings
from karakoram.usecases.ports import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeTotal:
    """How often a type of amplifier stands in a network."""

    amplifier_type_id: AmplifierTypeId | None
    """``None``: for these no type fits."""
    amplifiers: int
    chosen: int
    """Of them those whose type the design chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDesign:
    """A designed network, and what there is to say about it."""

    design: DesignedNetwork
    totals: tuple[TypeTotal, ...]
    """The most frequent first; a multiband amplifier counts once a band."""
    warnings: tuple[Finding, ...]
    """What is odd about the files and about the design."""
    errors: tuple[Finding, ...]
    """Why the design is not whole; then nothing was written."""
    assumptions: tuple[Assumption, ...]
    """Figures that the files leave out, and what counts instead."""


def design_line(
    *,
    photonics: PhotonicSource,
    target: PhotonicTarget | None = None,
    plotter: DesignPlotter | None = None,
    progress: Progress = silent,
) -> LineDesign:
    """The network with every amplifier placed, chosen and set; written where it is wanted.

    Parameters
    ----------
    photonics
        Where network and library are read.
    target
        Where the designed network is written.
    plotter
        Who draws it.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If the files cannot be read or break a rule.
    """
    progress("Reading the network")
    given = photonics.read_photonics()
    progress("Designing the network")
    basis = DesignBasis(
        library=given.library,
        spectrum=given.library.spectra["default"],
        span=given.library.spans["default"],
        scattering=None if given.simulation is None else given.simulation.scattering,
        lit=given.spectrum or (),
    )
    design = designed_on(basis, given.network)
    findings = given.located(design.findings)
    errors = errors_of(findings)
    warnings = tuple(one for one in findings if one.severity is not Severity.ERROR)
    if target is not None and not errors:
        progress("Writing the network")
        target.write_photonics(design.network)
    if plotter is not None:
        progress("Drawing")
        plotter.write_plot(design)
    return LineDesign(
        design=design,
        totals=type_totals(one for section in design.sections for one in section.amplifiers),
        warnings=(*used_warnings(given), *warnings),
        errors=errors,
        assumptions=given.assumptions,
    )


def type_totals(amplifiers: Iterable[DesignedAmplifier]) -> tuple[TypeTotal, ...]:
    """How often each type stands there, the most frequent first."""
    counts: dict[AmplifierTypeId | None, list[int]] = {}
    for one in amplifiers:
        count = counts.setdefault(one.amplifier_type_id, [0, 0])
        count[0] += 1
        count[1] += one.is_chosen
    totals = (
        TypeTotal(amplifier_type_id=key, amplifiers=every, chosen=chosen)
        for key, (every, chosen) in counts.items()
    )
    return tuple(sorted(totals, key=lambda one: (-one.amplifiers, one.amplifier_type_id or "")))
