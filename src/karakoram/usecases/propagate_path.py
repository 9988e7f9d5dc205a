"""What does light look like on its way between two transceivers that somebody names?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding, errors_of
from karakoram.core.identifiers import near_misses
from karakoram.network.photonic.elements import Transceiver
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.design import designed_network
from karakoram.planning.photonic.lit_channels import (
    LitChannels,
    channels_of_comb,
    channels_of_parts,
)
from karakoram.planning.photonic.methods import propagation_method, roll_off_findings
from karakoram.planning.photonic.propagation import propagated
from karakoram.planning.photonic.propagation_records import PathPropagation
from karakoram.usecases.photonic_ports import PhotonicMaterial, PhotonicSource, PropagationPlotter
from karakoram.usecases.ports import Progress, silent
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
    lit = _lit(given)
    refuse_findings(roll_off_findings(given.simulation, lit.roll_off))
    network, warnings = given.network, given.warnings
    if question.is_designed:
        progress("Designing the network")
        scattering = None if given.simulation is None else given.simulation.scattering
        designed = designed_network(network, given.library, scattering=scattering)
        network, warnings = designed.network, (*warnings, *designed.findings)
    path = shortest_path(network, from_id=from_id, to_id=to_id)
    if path is None:
        return PropagationAnswer(from_id=from_id, to_id=to_id, propagation=None, warnings=warnings)
    refuse_findings(tuple(found for found in warnings if found.place.record in path))
    progress("Propagating light")
    propagation = propagated(
        network,
        given.library,
        path=path,
        spectrum=lit,
        method=propagation_method(
            given.simulation, scatters=question.scatters, roll_off=float(lit.roll_off[0])
        ),
    )
    if plotter is not None:
        progress("Drawing")
        plotter.write_plot(propagation)
    return PropagationAnswer(
        from_id=from_id,
        to_id=to_id,
        propagation=propagation,
        warnings=(*warnings, *propagation.warnings),
    )


def refuse_findings(findings: tuple[Finding, ...]) -> None:
    """Go no further where one of the findings is an error.

    Raises
    ------
    InvalidDataError
        Carrying the errors.
    """
    if errors := errors_of(findings):
        raise InvalidDataError(errors)


def _lit(given: PhotonicMaterial) -> LitChannels:
    if given.spectrum is not None:
        return channels_of_parts(given.spectrum)
    return channels_of_comb(given.library.spectra["default"])


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
