"""What does light look like on its way between two transceivers that somebody names?"""

from dataclasses import dataclass, replace

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.provenance import Assumption
from karakoram.network.photonic.requests import PathRequest
from karakoram.network.photonic.simulation import NonlinearMethod
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.propagation import propagated
from karakoram.planning.photonic.propagation_records import PathPropagation
from karakoram.planning.photonic.receiver_records import ReceiverChoice
from karakoram.planning.photonic.receivers import ReceiverQuestion, receiver_choice
from karakoram.usecases.light.path_question import AskedPath, PropagationQuestion, asked_path
from karakoram.usecases.light.photonic_ports import PhotonicSource, PropagationPlotter
from karakoram.usecases.light.ready_photonics import (
    ReadyPhotonics,
    findings_located,
    ready_material,
    refuse_findings,
)
from karakoram.usecases.ports import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PropagationAnswer:
    """Light along the path, or ``None`` where no way leads there."""

    from_id: ElementId
    to_id: ElementId
    propagation: PathPropagation | None
    nonlinear: NonlinearMethod
    """The model of interference that was used."""
    request: PathRequest | None
    """What was asked for in a file; None: nothing."""
    receivers: ReceiverChoice | None
    """What the modes of a transceiver are worth there; None where none was asked for."""
    warnings: tuple[Finding, ...]
    """What is odd about the files and the design, and what was taken for lack of a statement."""
    assumptions: tuple[Assumption, ...]
    """Figures that the files leave out, and what counts instead."""


def propagate_path(
    question: PropagationQuestion,
    *,
    photonics: PhotonicSource,
    plotter: PropagationPlotter | None = None,
    progress: Progress = silent,
) -> PropagationAnswer:
    """Light along the shortest way between two transceivers.

    Parameters
    ----------
    question
        In words.
    photonics
        Where network and library are read.
    plotter
        Who draws what comes out.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If the files break a rule, the question names what is not there, or something on the way
        keeps light from running.
    """
    progress("Reading the network")
    given = photonics.read_photonics()
    with findings_located(given):
        asked = asked_path(question, given)
    if asked.spectrum is not None:
        given = replace(given, spectrum=asked.spectrum)
    ready, _ = ready_material(
        given,
        is_designed=question.is_designed,
        scatters=question.scatters,
        nonlinear=asked.nonlinear,
        progress=progress,
    )
    path, dropped = _way(ready, asked)
    limits = ready.model_findings(path or ())
    answer = PropagationAnswer(
        from_id=asked.from_id,
        to_id=asked.to_id,
        propagation=None,
        nonlinear=ready.nonlinear,
        request=asked.request,
        receivers=None,
        warnings=(*ready.warnings, *asked.warnings, *given.located(dropped), *limits),
        assumptions=given.assumptions,
    )
    if path is None:
        return answer
    refuse_findings((*(one for one in ready.warnings if one.place.record in path), *limits))
    progress("Propagating light")
    with findings_located(given):
        receivers, propagation = _light(ready, asked, path=path)
    if plotter is not None:
        progress("Drawing")
        plotter.write_plot(propagation)
    more = (
        propagation.warnings if receivers is None else (*receivers.warnings, *propagation.warnings)
    )
    return replace(
        answer,
        propagation=propagation,
        receivers=receivers,
        warnings=(*answer.warnings, *given.located(more)),
    )


def _way(
    ready: ReadyPhotonics, asked: AskedPath
) -> tuple[tuple[ElementId, ...] | None, tuple[Finding, ...]]:
    """The shortest way over the hops asked for, or over the strict ones only, and what to tell."""
    ends = {"from_id": asked.from_id, "to_id": asked.to_id}
    every = tuple(hop.element_id for hop in asked.route)
    path = shortest_path(ready.network, **ends, via=every)
    strict = tuple(hop.element_id for hop in asked.route if hop.is_strict)
    if path is not None and len(set(path)) < len(path):
        message = "the way over these elements passes one of them twice; name others"
        place = Place(table="requests", field="route")
        finding = Finding(code="way-meets-itself", place=place, message=message)
        raise InvalidDataError(ready.material.located((finding,)))
    if path is not None or strict == every:
        return path, ()
    finding = Finding(
        code="not-followed",
        place=Place(table="requests", field="route"),
        message="no way leads over all elements of the route; the loose ones are left out",
        severity=Severity.WARNING,
    )
    return shortest_path(ready.network, **ends, via=strict), (finding,)


def _light(
    ready: ReadyPhotonics, asked: AskedPath, *, path: tuple[ElementId, ...]
) -> tuple[ReceiverChoice | None, PathPropagation]:
    """Light of the channels as they are, or in the best mode of the transceivers asked for."""
    if asked.transceiver is None:
        light = propagated(
            ready.network, ready.library, path=path, spectrum=ready.lit, method=ready.method
        )
        return None, light
    question = ReceiverQuestion(
        path=path,
        spectrum=ready.lit,
        transceiver=asked.transceiver,
        modes=asked.modes,
        filters=asked.filters,
        method=ready.method,
    )
    receivers = receiver_choice(ready.network, ready.library, question)
    return receivers, receivers.propagation
