"""What do the use cases of light need from outside?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Assumption
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.requests import PathRequests
from karakoram.network.photonic.simulation import SimulationSettings
from karakoram.network.photonic.spectrum import SpectrumPart
from karakoram.planning.photonic.propagation_records import PathPropagation


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotonicMaterial:
    """A network with the equipment it is built of, and how it is to be lit and computed."""

    network: PhotonicNetwork
    library: PhotonicLibrary
    spectrum: tuple[SpectrumPart, ...] | None
    """``None``: the comb that the equipment is designed for."""
    simulation: SimulationSettings | None
    """``None``: the models that are right for planning."""
    requests: PathRequests | None = None
    """Paths that somebody asks for; ``None``: nobody wrote any down."""
    warnings: tuple[Finding, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    """Figures that nothing of it states."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each table of findings stands in what was read."""

    def located(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Findings of later steps, with the file that the culprit stands in."""
        return tuple(self._located(finding) for finding in findings)

    def _located(self, finding: Finding) -> Finding:
        place, known = finding.place, self.places.get(finding.place.table)
        if known is None or place.file is not None:
            return finding
        place = replace(place, file=known.file, field=place.field or known.field)
        return replace(finding, place=place)


@runtime_checkable
class PhotonicSource(Protocol):
    """Where a photonic network and its equipment come from."""

    def read_photonics(self) -> PhotonicMaterial:
        """All of it, judged.

        Raises
        ------
        InvalidDataError
            If something of it cannot be read or breaks a rule; carries every finding.
        """


@runtime_checkable
class PropagationPlotter(Protocol):
    """Who draws light along a path for somebody to hand on."""

    def write_plot(self, propagation: PathPropagation) -> None:
        """Draw ``propagation`` where it was asked for."""
