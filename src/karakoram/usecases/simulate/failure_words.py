"""What do the words of a question about failures mean?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import SiteId, near_misses
from karakoram.engines.restoration.policy import Scheme
from karakoram.network.network import Network
from karakoram.planning.restoration.plant import ConnectionDemand
from karakoram.usecases.plan.plan_regenerators import MAIN_PAIRS
from karakoram.usecases.words import Reading, bit_rate_gbps_from_text, question_finding, reading

SCHEME_WORDS: Mapping[str, Scheme] = {
    "unprotected": Scheme.UNPROTECTED,
    "1+1": Scheme.ONE_PLUS_ONE,
    "1:1": Scheme.ONE_FOR_ONE,
    "shared": Scheme.SHARED_MESH,
    "dynamic": Scheme.DYNAMIC,
    "extra": Scheme.EXTRA,
}
"""How a person names each scheme."""

PRIORITY_MAX = 9
COUNT_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionWords:
    """Connections as a person writes them: one row of a file."""

    from_site: str
    to_site: str
    bit_rate: str
    count: str = ""
    """How many alike; one if nothing is said."""
    priority: str = ""
    """0 to 9, higher comes first; 0 if nothing is said."""
    scheme: str = ""
    """The scheme that is being compared, if nothing is said."""
    place: Place | None = None
    """Where it stands, if in a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedConnections:
    """Connections alike, as understood."""

    demand: ConnectionDemand
    count: int
    is_scheme_stated: bool

    def under(self, scheme: Scheme) -> list[ConnectionDemand]:
        """All of them, under a scheme where none is stated."""
        demand = self.demand if self.is_scheme_stated else replace(self.demand, scheme=scheme)
        return [demand] * self.count


def scheme_from_word(word: str) -> Scheme:
    """The scheme that a word names.

    Raises
    ------
    NotFoundError
        If none; with all that there are.
    """
    wanted = word.strip().casefold()
    if wanted in SCHEME_WORDS:
        return SCHEME_WORDS[wanted]
    every = ", ".join(SCHEME_WORDS)
    raise NotFoundError(
        f"{word!r} is not one of {every}.",
        near_misses=near_misses(wanted, SCHEME_WORDS, at_most=1),
    )


def word_of_scheme(scheme: Scheme) -> str:
    """What a person calls a scheme.

    >>> word_of_scheme(Scheme.SHARED_MESH)
    'shared'
    """
    return next(word for word, named in SCHEME_WORDS.items() if named is scheme)


def whole_number(word: str, *, least: int, most: int) -> int:
    """The whole number that a word is.

    Raises
    ------
    ValueError
        If it is none, or out of bounds.
    """
    text = word.strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise ValueError(f"must be a whole number from {least} to {most}, got {word!r}")
    return int(text)


def connections_from_words(
    rows: Sequence[ConnectionWords], *, site: Callable[[str, str], Reading[SiteId]]
) -> tuple[AskedConnections, ...]:
    """The connections that the rows mean.

    Parameters
    ----------
    rows
        As written.
    site
        Reads the site that a word means; gets the name of the field and the word.

    Raises
    ------
    InvalidDataError
        With a finding for every word that means nothing, of all rows.
    """
    findings: list[Finding] = []
    found: list[AskedConnections] = []
    for row in rows:
        readings = _readings(row, site)
        wrong = [
            _placed(finding, row, field)
            for field, one in readings.items()
            for finding in one.findings
        ]
        if not wrong and readings["from"].value == readings["to"].value:
            message = f"both ends are {row.from_site!r}; a connection needs two different ones"
            wrong.append(_placed(question_finding("to", message), row, "to"))
        findings += wrong
        if not wrong:
            found.append(_understood(row, readings))
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(found)


def main_connections(
    network: Network, *, bit_rate: str, count: str = "", field: str, what: str
) -> tuple[ConnectionWords, ...]:
    """A connection between the ends of each main pair of the reference corridor.

    Parameters
    ----------
    network
        Must have the sites of the corridor.
    bit_rate, count
        Of each of them.
    field, what
        The field of the question in which others could be listed, and what it lists.

    Raises
    ------
    InvalidDataError
        If the network lacks a site of the pairs.
    """
    missing = sorted({site for pair in MAIN_PAIRS for site in pair} - set(network.sites))
    if missing:
        message = (
            f"{what} when none are listed are those of the reference corridor, and this network "
            f"has no {', '.join(missing)}; list yours in a file"
        )
        raise InvalidDataError((question_finding(field, message),))
    return tuple(
        ConnectionWords(from_site=a, to_site=z, bit_rate=bit_rate, count=count)
        for a, z in MAIN_PAIRS
    )


def figure_findings(
    question: object, *, limits: Mapping[str, tuple[int, int]], positive: Iterable[str]
) -> tuple[Finding, ...]:
    """A finding for each figure of a question that is out of bounds.

    Parameters
    ----------
    question
        Its fields are the figures.
    limits
        The least and the most of some of them.
    positive
        Fields that must be a number above 0, where they are given.
    """
    outside = (
        question_finding(name, f"must be from {least} to {most:,}, got {value}")
        for name, (least, most) in limits.items()
        if not least <= (value := getattr(question, name)) <= most
    )
    not_above = (
        question_finding(name, f"must be a number above 0, got {value:g}")
        for name in positive
        if (value := getattr(question, name)) is not None and not 0.0 < value < float("inf")
    )
    return (*outside, *not_above)


def _readings(
    row: ConnectionWords, site: Callable[[str, str], Reading[SiteId]]
) -> dict[str, Reading[SiteId] | Reading[float] | Reading[int] | Reading[Scheme]]:
    return {
        "from": site("from", row.from_site),
        "to": site("to", row.to_site),
        "bit_rate": reading("bit_rate", row.bit_rate, bit_rate_gbps_from_text),
        "count": reading(
            "count", row.count or "1", lambda word: whole_number(word, least=1, most=COUNT_MAX)
        ),
        "priority": reading(
            "priority",
            row.priority or "0",
            lambda word: whole_number(word, least=0, most=PRIORITY_MAX),
        ),
        "scheme": reading("scheme", row.scheme or "dynamic", scheme_from_word),
    }


def _understood(
    row: ConnectionWords,
    readings: Mapping[str, Reading[SiteId] | Reading[float] | Reading[int] | Reading[Scheme]],
) -> AskedConnections:
    scheme = readings["scheme"].value
    assert isinstance(scheme, Scheme)
    return AskedConnections(
        demand=ConnectionDemand(
            a_site_id=SiteId(str(readings["from"].value)),
            z_site_id=SiteId(str(readings["to"].value)),
            bit_rate_gbps=float(readings["bit_rate"].value),
            priority=int(readings["priority"].value),
            scheme=scheme,
        ),
        count=int(readings["count"].value),
        is_scheme_stated=bool(row.scheme),
    )


def _placed(finding: Finding, row: ConnectionWords, field: str) -> Finding:
    if row.place is None:
        return finding
    return replace(finding, place=replace(row.place, field=field))
