"""What quality has light between every two transceivers of a network?"""

from dataclasses import dataclass

from karakoram.core.findings import Finding
from karakoram.core.provenance import Assumption
from karakoram.planning.photonic.all_pairs import AllPairs, all_pairs, prepared_pairs
from karakoram.usecases.light.photonic_ports import PhotonicSource
from karakoram.usecases.light.ready_photonics import findings_located, ready_photonics
from karakoram.usecases.ports import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AllPairsAnswer:
    """Light between all pairs, and what to look at."""

    pairs: AllPairs
    warnings: tuple[Finding, ...]
    """What is odd about the files and the design, and what was taken for lack of a statement."""
    assumptions: tuple[Assumption, ...]
    """Figures that the files leave out, and what counts instead."""


def light_all_pairs(
    photonics: PhotonicSource,
    *,
    is_designed: bool = True,
    scatters: bool = True,
    nonlinear_model: str | None = None,
    follows_power: bool = True,
    progress: Progress = silent,
) -> AllPairsAnswer:
    """Light over the shortest way between every two transceivers, each way, under full load.

    Parameters
    ----------
    photonics
        Where the network comes from.
    is_designed, scatters, nonlinear_model
        As of :func:`ready_photonics`.
    follows_power
        Whether pairs behind a ROADM without power enough are computed one by one, or marked.
    progress
        Is told what happens.

    Raises
    ------
    InvalidDataError
        If the files break a rule, or something keeps light from running.
    """
    ready = ready_photonics(
        photonics,
        is_designed=is_designed,
        scatters=scatters,
        nonlinear_model=nonlinear_model,
        progress=progress,
    )
    progress("Lighting every section")
    with findings_located(ready.material):
        prepared = prepared_pairs(
            ready.network, ready.library, spectrum=ready.lit, method=ready.method
        )
        pairs = all_pairs(prepared, follows_power=follows_power)
    return AllPairsAnswer(
        pairs=pairs, warnings=ready.warnings, assumptions=ready.material.assumptions
    )
