"""Which site, section or risk group of a topology does a person mean by a word?

An identifier goes before an identifier in other case, and both before a name. A word that still
means several things is refused with all of them, never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from karakoram.core.cells import shown
from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId, near_misses
from karakoram.network.topology import Topology

_NAMED_MAX = 5
_SUGGESTED_FROM_MAX = 5_000
"""Among more names a search for the nearest takes longer than whoever typed the word."""

SITE, SECTION, GROUP = "site", "section", "group"
"""Kinds that may stand before a word: ``site:Aachen``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInTopology:
    """What several words mean, by kind."""

    site_ids: frozenset[SiteId]
    section_ids: frozenset[SectionId]
    risk_group_ids: frozenset[RiskGroupId]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyNames:
    """What things of a topology are called, for looking up many words; see ``topology_names``."""

    by_word: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By kind: identifiers by every way to write them."""
    spelled: Mapping[str, tuple[str, ...]]
    """By kind: identifiers and names as they are."""

    def site_id(self, word: str) -> SiteId:
        """The site whose identifier or name is ``word``.

        Raises
        ------
        NotFoundError
            When there is none, with near misses, or several, naming them.
        """
        _, identifier = self._one(word, kinds=(SITE,))
        return SiteId(identifier)

    def found(self, words: Iterable[str]) -> tuple[FoundInTopology, tuple[NotFoundError, ...]]:
        """The sites, sections and groups that words mean, and a refusal for each other word."""
        found: dict[str, set[str]] = {SITE: set(), SECTION: set(), GROUP: set()}
        refusals = []
        for word in words:
            try:
                kind, identifier = self._one(word, kinds=tuple(found))
            except NotFoundError as refusal:
                refusals.append(refusal)
            else:
                found[kind].add(identifier)
        return FoundInTopology(
            site_ids=frozenset(map(SiteId, found[SITE])),
            section_ids=frozenset(map(SectionId, found[SECTION])),
            risk_group_ids=frozenset(map(RiskGroupId, found[GROUP])),
        ), tuple(refusals)

    def _one(self, word: str, *, kinds: tuple[str, ...]) -> tuple[str, str]:
        """Kind and identifier of the one thing that the word means."""
        prefix, colon, rest = word.partition(":")
        fits = self._fits(word, kinds)
        if not fits and colon and prefix.casefold() in kinds:
            kinds, word = (prefix.casefold(),), rest
            fits = self._fits(word, kinds)
        if len(fits) == 1:
            return fits[0]
        if fits:
            named = " or ".join(f"{kind}:{identifier}" for kind, identifier in fits[:_NAMED_MAX])
            raise NotFoundError(f"{shown(word)} may mean {named}; write which.")
        known = [name for kind in kinds for name in self.spelled[kind]]
        raise NotFoundError(
            f"{shown(word)} is no {' or '.join(kinds)} of the topology.",
            near_misses=near_misses(word, known) if len(known) <= _SUGGESTED_FROM_MAX else (),
        )

    def _fits(self, word: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
        text = word.strip()
        fits = [(kind, one) for kind in kinds for one in self.by_word[kind].get(text, ())]
        exact = [(kind, one) for kind, one in fits if one == text]
        folded = text.casefold()
        return (
            exact
            or fits
            or [(kind, one) for kind in kinds for one in self.by_word[kind].get(folded, ())]
        )


def topology_names(topology: Topology) -> TopologyNames:
    """What the sites, sections and risk groups of a topology are called."""
    records: dict[str, list[tuple[str, ...]]] = {
        SITE: [(site.site_id, site.name) for site in topology.sites],
        SECTION: [(section.section_id,) for section in topology.sections],
        GROUP: [(group_id,) for group_id in topology.risk_group_ids],
    }
    return TopologyNames(
        by_word={kind: _by_word(named) for kind, named in records.items()},
        spelled={
            kind: tuple(word for words in named for word in words if word)
            for kind, named in records.items()
        },
    )


def _by_word(records: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Identifiers by every way to write them; the first word of each record is its identifier."""
    found: dict[str, dict[str, None]] = {}
    for words in records:
        for word in filter(None, words):
            for text in (word, word.casefold()):
                found.setdefault(text, {})[words[0]] = None
    return {word: tuple(identifiers) for word, identifiers in found.items()}
