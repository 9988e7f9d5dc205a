"""What does light look like on its way between two transceivers that somebody names?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import near_misses
from karakoram.network.photonic.elements import Transceiver
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.propagation import propagated
from karakoram.planning.photonic.propagation_records import PathPropagation
from karakoram.usecases.photonic_ports import PhotonicSource, PropagationPlotter
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.ready_photonics import findings_located, ready_material, refuse_findings
from karakoram.usecases.words import question_finding, reading, refuse_unread

_WORD_ENDS = re.compile(r"[\s_]+")
_CANDIDATES_MAX = 8
"""More names than a person reads at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagationQuestion:
    """A question about light as a person asks it: transceivers by name, or a part of it."""

    from_word: str
    to_word: str
    is_designed: bool = True
    """Whether amplifiers are placed and set first where the network leaves it open."""
    scatters: bool = True
    """Whether stimulated Raman scattering may be computed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PropagationAnswer:
    """Light along the path, or ``None`` where no way leads there."""

    from_id: ElementId
    to_id: ElementId
    propagation: PathPropagation | None
    warnings: tuple[Finding, ...]
    """What is odd about the files and the design, and what was assumed."""


def propagate_path(
    question: PropagationQuestion,
    *,
    photonics: PhotonicSource,
    plotter: PropagationPlotter | None = None,
    progress: Progress = silent,
) -> PropagationAnswer:
    """Light along the shortest way between two transceivers.

    Raises
    ------
    InvalidDataError
        If the files break a rule, the question names what is not there, or something on the way
        keeps light from running.
    """
    progress("Reading the network")
    given = photonics.read_photonics()
    from_id, to_id = _ends(question, given.network)
    ready, _ = ready_material(
        given,
        is_designed=question.is_designed,
        scatters=question.scatters,
        progress=progress,
    )
    warnings = ready.warnings
    path = shortest_path(ready.network, from_id=from_id, to_id=to_id)
    if path is None:
        return PropagationAnswer(from_id=from_id, to_id=to_id, propagation=None, warnings=warnings)
    refuse_findings(tuple(found for found in warnings if found.place.record in path))
    progress("Propagating light")
    with findings_located(given):
        propagation = propagated(
            ready.network, ready.library, path=path, spectrum=ready.lit, method=ready.method
        )
    if plotter is not None:
        progress("Drawing")
        plotter.write_plot(propagation)
    return PropagationAnswer(
        from_id=from_id,
        to_id=to_id,
        propagation=propagation,
        warnings=(*warnings, *given.located(propagation.warnings)),
    )


def _ends(question: PropagationQuestion, network: PhotonicNetwork) -> tuple[ElementId, ElementId]:
    ends = tuple(
        reading(field, word, lambda text: transceiver_id_from_word(network, text))
        for field, word in (("from", question.from_word), ("to", question.to_word))
    )
    refuse_unread(ends)
    from_id, to_id = (end.value for end in ends)
    if from_id == to_id:
        message = f"light begins and ends at {to_id!r}; name two transceivers"
        raise InvalidDataError((question_finding("to", message),))
    return from_id, to_id


def transceiver_id_from_word(network: PhotonicNetwork, word: str) -> ElementId:
    """The transceiver that a word means: its name, in any case, or a part that only it has.

    Raises
    ------
    NotFoundError
        Where the word means no transceiver, or several; with what it may have meant.
    """
    names: Mapping[ElementId, str] = {
        element_id: element_id.casefold()
        for element_id, element in network.elements.items()
        if isinstance(element, Transceiver)
    }
    if word in names:
        return ElementId(word)
    sought = word.strip().casefold()
    for found in (
        [key for key, name in names.items() if name == sought],
        [key for key, name in names.items() if sought and sought in name],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(found[:_CANDIDATES_MAX])
            raise NotFoundError(f"{word!r} means {len(found)} transceivers: {listed}; name one.")
    raise NotFoundError(
        f"{word!r} is {_what_else(network, word)}; light begins and ends at transceivers.",
        near_misses=_near(sought, tuple(names)),
    )


def _near(sought: str, names: tuple[ElementId, ...]) -> tuple[str, ...]:
    """Names most like the word, as a whole or in one of their words."""
    by_word: dict[str, str] = {}
    for name in names:
        for part in (*_WORD_ENDS.split(name), name):
            by_word.setdefault(part.casefold(), name)
    return tuple(dict.fromkeys(by_word[part] for part in near_misses(sought, by_word)))


def _what_else(network: PhotonicNetwork, word: str) -> str:
    element = network.elements.get(ElementId(word))
    if element is None:
        return "no transceiver of the network"
    return f"a {type(element).__name__.lower()}, no transceiver"
