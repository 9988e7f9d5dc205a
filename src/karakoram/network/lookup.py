"""Which record does a person mean by a word: an identifier, a name, or some words of a name?

Case, accents, punctuation and what stands in parentheses do not matter. The strongest reading
wins: an identifier before a name, a whole name before some words of one. A word that still means
several things is refused with all of them, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import CableId, OperatorId, SiteId, SpanId, near_misses
from karakoram.network.network import Network

_PARENTHESES = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W_]+")

FOLDED_KEPT = 4_096
"""Texts whose folded form is kept: a word is held against the names of the same records again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecord:
    """One record that a word may mean."""

    kind: str
    """``site``, ``span``, ``operator`` or ``cable``."""
    record_id: str
    name: str
    """Equal to the identifier where the record has no name of its own."""

    @property
    def label(self) -> str:
        """Identifier and name, e.g. ``KHI (Karachi)``."""
        return self.record_id if self.name == self.record_id else f"{self.record_id} ({self.name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecords:
    """What several words mean, by kind."""

    site_ids: frozenset[SiteId]
    span_ids: frozenset[SpanId]
    operator_ids: frozenset[OperatorId]
    cable_ids: frozenset[CableId]


class _Fit(IntEnum):
    """How well a word fits a record; less is better."""

    IDENTIFIER = 0
    IDENTIFIER_FOLDED = 1
    NAME = 2
    NAME_WITHOUT_PARENTHESES = 3
    WORDS_OF_NAME = 4
    NONE = 5


@lru_cache(maxsize=FOLDED_KEPT)
def folded(text: str) -> str:
    """The letters and digits of ``text`` in lower case, without accents, as single-spaced words.

    >>> folded("Al-Jubaïl (Jubail)")
    'al jubail jubail'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(letters))


def site_id_from_word(network: Network, word: str) -> SiteId:
    """The site whose identifier or name is ``word``.

    Parameters
    ----------
    network
        Whose sites may be meant.
    word
        As a person writes it: ``KHI``, ``karachi`` or ``site:KHI``.

    Raises
    ------
    NotFoundError
        When no site fits, with near misses; or when several fit equally well, naming them.
    """
    kind, colon, bare = word.partition(":")
    wanted = bare if colon and folded(kind) == "site" else word
    if wanted in network.sites:  # No name is read where the strongest reading fits.
        return SiteId(wanted)
    return SiteId(_the_record(wanted, tuple(_sites(network))).record_id)


def operator_id_from_word(network: Network, word: str) -> OperatorId:
    """The operator whose identifier or name is ``word``.

    Parameters
    ----------
    network
        Whose operators may be meant.
    word
        As a person writes it: ``SCO``, or its name or some words of it.

    Raises
    ------
    NotFoundError
        When no operator fits, with near misses; or when several fit equally well, naming them.
    """
    return OperatorId(_the_record(word, tuple(_operators(network))).record_id)


def records_from_words(
    network: Network, words: Iterable[str]
) -> tuple[FoundRecords, tuple[NotFoundError, ...]]:
    """The sites, spans, operators and cables that ``words`` mean, and why the others mean none.

    A word that fits several kinds equally well is told apart by its kind, e.g. ``cable:PEACE``.

    Parameters
    ----------
    network
        Whose records may be meant.
    words
        As a person writes them, in any order.

    Returns
    -------
    Identifiers by kind, and one refusal for each word that means nothing or too much.
    """
    known = _named_records(network)
    found: list[NamedRecord] = []
    refusals: list[NotFoundError] = []
    for word in words:
        try:
            found.append(_record_of_any_kind(word, known))
        except NotFoundError as refusal:
            refusals.append(refusal)
    return _by_kind(found), tuple(refusals)


def _named_records(network: Network) -> tuple[NamedRecord, ...]:
    """Every site, span, operator and cable."""
    cables = {str(key): record.name for key, record in network.cables.items()}
    return (
        *_sites(network),
        *_named("span", {str(key): str(key) for key in network.spans}),
        *_operators(network),
        *_named("cable", cables),
    )


def _sites(network: Network) -> Iterator[NamedRecord]:
    return _named("site", {str(key): record.name for key, record in network.sites.items()})


def _operators(network: Network) -> Iterator[NamedRecord]:
    names = {str(key): record.name for key, record in network.operators.items()}
    return _named("operator", names)


def _named(kind: str, names: Mapping[str, str]) -> Iterator[NamedRecord]:
    for key, name in names.items():
        yield NamedRecord(kind=kind, record_id=key, name=name)


def _by_kind(found: Sequence[NamedRecord]) -> FoundRecords:
    def ids_of(kind: str) -> list[str]:
        return [record.record_id for record in found if record.kind == kind]

    return FoundRecords(
        site_ids=frozenset(map(SiteId, ids_of("site"))),
        span_ids=frozenset(map(SpanId, ids_of("span"))),
        operator_ids=frozenset(map(OperatorId, ids_of("operator"))),
        cable_ids=frozenset(map(CableId, ids_of("cable"))),
    )


def _record_of_any_kind(word: str, known: tuple[NamedRecord, ...]) -> NamedRecord:
    kind, colon, bare = word.partition(":")
    of_kind = tuple(record for record in known if record.kind == folded(kind))
    return _the_record(bare, of_kind) if colon and of_kind else _the_record(word, known)


def _the_record(word: str, known: Sequence[NamedRecord]) -> NamedRecord:
    """The one record that fits ``word`` best."""
    fits = [_fit(word, record) for record in known]
    best = min(fits, default=_Fit.NONE)
    chosen = [record for record, fit in zip(known, fits, strict=True) if fit is best]
    if best is _Fit.NONE:
        kinds = list(dict.fromkeys(record.kind for record in known)) or ["record"]
        what = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
        raise NotFoundError(
            f"no {what} of the network is called {word!r}.", near_misses=_near(word, known)
        )
    if len(chosen) > 1:
        raise NotFoundError(
            f"{word!r} fits {_listed(chosen)} equally well; "
            f"say which, e.g. {chosen[0].kind}:{chosen[0].record_id}."
        )
    return chosen[0]


def _fit(word: str, record: NamedRecord) -> _Fit:
    if word == record.record_id:
        return _Fit.IDENTIFIER
    wanted, name = folded(word), folded(record.name)
    readings = (
        (_Fit.IDENTIFIER_FOLDED, wanted == folded(record.record_id)),
        (_Fit.NAME, wanted == name),
        (_Fit.NAME_WITHOUT_PARENTHESES, wanted == folded(_PARENTHESES.sub(" ", record.name))),
        (_Fit.WORDS_OF_NAME, f" {wanted} " in f" {name} "),
    )
    return next((fit for fit, holds in readings if holds and wanted), _Fit.NONE)


def _listed(records: Sequence[NamedRecord]) -> str:
    return ", ".join(f"{record.kind}:{record.label}" for record in records)


def _near(word: str, known: Sequence[NamedRecord]) -> tuple[str, ...]:
    """The records whose identifier or name looks most like ``word``, as a person reads them."""
    by_spelling: dict[str, NamedRecord] = {}
    for record in known:
        for spelling in (record.record_id, record.name, _PARENTHESES.sub(" ", record.name)):
            by_spelling.setdefault(folded(spelling), record)
    close = near_misses(folded(word), by_spelling)
    return tuple(dict.fromkeys(by_spelling[spelling].label for spelling in close))
