"""Which ends, transceivers and channels does a question about light along a path mean?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import log10
from typing import Any, TypeVar

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.fields import bounds_by_field
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import near_misses
from karakoram.network.photonic.elements import Transceiver
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.requests import PathRequest, PathRequests, RouteHop
from karakoram.network.photonic.simulation import NonlinearMethod
from karakoram.network.photonic.spectral import ElementId, FrequencyBand
from karakoram.network.photonic.spectrum import SpectrumPart
from karakoram.network.photonic.transceivers import TransceiverMode, TransceiverType
from karakoram.planning.photonic.receiver_records import SwitchFilters
from karakoram.usecases.light.photonic_ports import PhotonicMaterial
from karakoram.usecases.light.ready_photonics import nonlinear_reading
from karakoram.usecases.words import Reading, question_finding, reading, refuse_unread

NamedT = TypeVar("NamedT")

_WORD_ENDS = re.compile(r"[\s_]+")
_CANDIDATES_MAX = 8
"""More names than a person reads at once."""

_THZ_MAX = 300.0
"""Beyond it silica fibre carries no light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagationQuestion:
    """A question about light as a person asks it: by names, or parts of them.

    Either both ends are named, or a request is, which has ends, transceivers and channels.
    """

    from_word: str | None = None
    to_word: str | None = None
    request: str | None = None
    """Identifier of a request; its ends, transceiver and mode count where none is named."""
    transceiver: str | None = None
    """Type of transceiver at both ends, whose modes are to be judged; None: no mode is."""
    mode: str | None = None
    """The only mode to judge; None: all of the transceiver, and the best is chosen."""
    wss_otf_ghz: float | None = None
    """Bandwidth of the switches in ROADMs; None: their filtering is left out."""
    wss_per_express: int = 2
    is_designed: bool = True
    """Whether amplifiers are placed and set first where the network leaves it open."""
    scatters: bool = True
    """Whether stimulated Raman scattering may be computed."""
    nonlinear_model: str | None = None
    """Word for a model of interference instead of that of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPath:
    """What a question means in a network."""

    from_id: ElementId
    to_id: ElementId
    route: tuple[RouteHop, ...]
    """Elements to pass, in this order."""
    transceiver: TransceiverType | None
    modes: tuple[TransceiverMode, ...]
    """Those to judge."""
    filters: SwitchFilters | None
    nonlinear: NonlinearMethod | None
    request: PathRequest | None
    """What somebody wrote down to ask for; None: nothing."""
    spectrum: tuple[SpectrumPart, ...] | None
    """Channels that the question asks for; None: as of the files."""
    warnings: tuple[Finding, ...]
    """What of a request is not followed."""


def asked_path(question: PropagationQuestion, given: PhotonicMaterial) -> AskedPath:
    """What the question means.

    Raises
    ------
    InvalidDataError
        With a finding for every word that means nothing, or does not suit the others.
    """
    request = _request_reading(question.request, given.requests)
    refuse_unread((request,))
    wanted = request.read
    ends = tuple(
        _end_reading(field, word, given.network, stated=stated)
        for field, word, stated in (
            ("from", question.from_word, None if wanted is None else wanted.from_id),
            ("to", question.to_word, None if wanted is None else wanted.to_id),
        )
    )
    model = nonlinear_reading(question.nonlinear_model)
    kind = _transceiver_reading(question, wanted, given.library)
    filters = _filters_reading(question)
    refuse_unread((*ends, model, kind, filters))
    modes = _modes_reading(question, wanted, kind.read)
    refuse_unread((modes,))
    from_id, to_id = (end.value for end in ends)
    if from_id == to_id:
        message = f"light begins and ends at {to_id!r}; name two transceivers"
        raise InvalidDataError((question_finding("to", message),))
    follows = wanted is not None and given.spectrum is None
    return AskedPath(
        from_id=from_id,
        to_id=to_id,
        route=() if wanted is None else _hops(wanted, {from_id, to_id}, given.network),
        transceiver=kind.read,
        modes=modes.read or (),
        filters=filters.read,
        nonlinear=model.read,
        request=wanted,
        spectrum=(_part(wanted, modes.read or (), given.library),) if wanted and follows else None,
        warnings=() if wanted is None else given.located(tuple(_not_followed(wanted))),
    )


def _request_reading(word: str | None, requests: PathRequests | None) -> Reading[PathRequest]:
    known = {one.request_id: one for one in ([] if requests is None else requests.requests)}
    if word is None and requests is None:
        return Reading(read=None)
    if word is None and len(known) == 1:
        return Reading(read=next(iter(known.values())))
    if word is not None and word in known:
        return Reading(read=known[word])
    if requests is None:
        message = f"request {word!r} stands in a file of services; name the file too"
    else:
        named = "none is named" if word is None else f"{word!r} is none of them"
        message = f"the file has the requests {', '.join(known)[:200]}, and {named}; name one"
    return Reading(read=None, findings=(question_finding("request", message),))


def _end_reading(
    field: str, word: str | None, network: PhotonicNetwork, *, stated: ElementId | None
) -> Reading[ElementId]:
    if word is not None:
        return reading(field, word, lambda text: transceiver_id_from_word(network, text))
    if stated is not None:
        return Reading(read=stated)
    message = "is missing; name a transceiver, or a request of a file of services"
    return Reading(read=None, findings=(question_finding(field, message),))


def _transceiver_reading(
    question: PropagationQuestion, wanted: PathRequest | None, library: PhotonicLibrary
) -> Reading[TransceiverType]:
    word = question.transceiver
    if word is None and wanted is not None:
        word = wanted.transceiver_type_id
    for field, value in (("mode", question.mode), ("wss_otf", question.wss_otf_ghz)):
        if word is None and value is not None:
            message = "says something of transceivers, and none is named; name their type too"
            return Reading(read=None, findings=(question_finding(field, message),))
    if word is None:
        return Reading(read=None)
    return reading("transceiver", word, lambda text: _transceiver(text, library))


def _transceiver(word: str, library: PhotonicLibrary) -> TransceiverType:
    found = _named(word, library.transceiver_types, what="transceiver of the equipment")
    if not found.modes:
        raise ValueError(f"{word!r} has no modes in the equipment; state some, or name another")
    return found


def _named(word: str, known: Mapping[Any, NamedT], *, what: str) -> NamedT:
    """What a word names, in any case.

    Raises
    ------
    NotFoundError
        With every name that there is, or those most like it.
    """
    sought = word.strip().casefold()
    for name, found in known.items():
        if word == name or sought == name.casefold():
            return found
    listed = ", ".join(tuple(known)[:_CANDIDATES_MAX]) or "none"
    raise NotFoundError(
        f"{word!r} is no {what}; there is {listed}.", near_misses=near_misses(word, known)
    )


def _modes_reading(
    question: PropagationQuestion, wanted: PathRequest | None, kind: TransceiverType | None
) -> Reading[tuple[TransceiverMode, ...]]:
    if kind is None:
        return Reading(read=())
    word = question.mode
    if word is None and question.transceiver is None and wanted is not None:
        word = wanted.mode
    if word is None:
        return Reading(read=kind.modes)
    known = {mode.name: mode for mode in kind.modes}
    what = f"mode of {kind.transceiver_type_id!r}"
    return reading("mode", word, lambda text: (_named(text, known, what=what),))


def _filters_reading(question: PropagationQuestion) -> Reading[SwitchFilters]:
    if question.wss_otf_ghz is None:
        return Reading(read=None)
    bounds = bounds_by_field(SwitchFilters)
    findings = tuple(
        question_finding(field, breach)
        for field, name, value in (
            ("wss_otf", "otf_bandwidth_ghz", question.wss_otf_ghz),
            ("wss_per_express", "per_express", question.wss_per_express),
        )
        if (breach := bounds[name].breach(float(value))) is not None
    )
    if findings:
        return Reading(read=None, findings=findings)
    filters = SwitchFilters(
        otf_bandwidth_ghz=question.wss_otf_ghz, per_express=question.wss_per_express
    )
    return Reading(read=filters)


def _hops(
    wanted: PathRequest, ends: Iterable[ElementId], network: PhotonicNetwork
) -> tuple[RouteHop, ...]:
    """The hops between the ends; a loose one that is not there is left out, as the file told."""
    return tuple(
        hop
        for hop in wanted.route
        if hop.element_id not in ends and hop.element_id in network.elements
    )


def _part(
    wanted: PathRequest, modes: tuple[TransceiverMode, ...], library: PhotonicLibrary
) -> SpectrumPart:
    """The comb that a request lights: its spacing and count, the rest as the equipment says.

    Raises
    ------
    InvalidDataError
        Where no mode fits the spacing.
    """
    comb = library.spectra["default"]
    fitting = [mode for mode in modes if mode.spacing_ghz_min <= wanted.spacing_ghz]
    if not fitting:
        message = (
            f"no mode of {wanted.transceiver_type_id!r} fits {wanted.spacing_ghz:g} GHz; the "
            f"narrowest needs {min(mode.spacing_ghz_min for mode in modes):g} GHz"
        )
        raise InvalidDataError(
            (_finding(wanted, "spacing_ghz", code="spacing-too-narrow", message=message),)
        )
    lower_thz, upper_thz = comb.band.lower_thz, comb.band.upper_thz
    if wanted.channels is not None:
        last_thz = lower_thz + (wanted.channels - 1) * wanted.spacing_ghz * 1e-3
        if last_thz > _THZ_MAX:
            message = (
                f"{wanted.channels} channels of {wanted.spacing_ghz:g} GHz from {lower_thz:g} THz "
                f"reach beyond {_THZ_MAX:g} THz; ask for fewer"
            )
            raise InvalidDataError(
                (_finding(wanted, "channels", code="band-too-narrow", message=message),)
            )
        upper_thz = last_thz
    power_dbm = comb.power_dbm if comb.tx_power_dbm is None else comb.tx_power_dbm
    if wanted.tx_power_mw is not None:
        power_dbm = 10.0 * log10(wanted.tx_power_mw)
    return SpectrumPart(
        label=wanted.request_id,
        band=FrequencyBand(lower_thz=lower_thz, upper_thz=upper_thz),
        slot_ghz=wanted.spacing_ghz,
        symbol_rate_gbaud=min(mode.symbol_rate_gbaud for mode in fitting),
        roll_off=comb.roll_off,
        tx_osnr_db=comb.tx_osnr_db,
        tx_power_dbm=power_dbm,
        launch_offset_db=0.0,
    )


def _not_followed(wanted: PathRequest) -> Iterable[Finding]:
    """What a request states that makes no difference here."""
    told = (
        (
            wanted.power_mw is not None,
            "power_mw",
            "launch powers into spans are those of the design",
        ),
        (wanted.is_bidirectional, "is_bidirectional", "only the direction from source is computed"),
        (bool(wanted.slots), "slots", "every channel is computed, not only the one in this slot"),
    )
    for stated, field, message in told:
        if stated:
            found = _finding(
                wanted, field, code="not-followed", message=f"makes no difference: {message}"
            )
            yield replace(found, severity=Severity.WARNING)


def _finding(wanted: PathRequest, field: str, *, code: str, message: str) -> Finding:
    place = Place(table="requests", record=wanted.request_id, field=field)
    return Finding(code=code, place=place, message=message)


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
