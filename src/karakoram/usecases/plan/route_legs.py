"""Which ways do the files of several operators make, and can what they share be proven?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding, errors_of
from karakoram.core.identifiers import SiteId, near_misses
from karakoram.network.legs import OfferedLeg, PlacedLeg
from karakoram.network.validate_legs import validate_legs
from karakoram.planning.leg_answers import LegAnswer, LegQuestion
from karakoram.planning.leg_routes import find_leg_ways
from karakoram.planning.route_answers import RouteMetric
from karakoram.usecases.plan.leg_ports import LegFile
from karakoram.usecases.ports import Clock, Progress, silent
from karakoram.usecases.words import (
    choice_from_word,
    question_finding,
    reading,
    refuse_unread,
    statuses_reading,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegsQuestion:
    """A question over files of legs as a person asks it: points by identifier."""

    a_site: str
    z_site: str
    k: int = 3
    by: str = "latency"
    disjoint: bool = False
    include: tuple[str, ...] = ()
    on_day: date | None = None
    """The day on which offers must hold; ``None`` means today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegsAnswer:
    """The ways, what was understood, and what of the files one should know."""

    question: LegQuestion
    legs: tuple[OfferedLeg, ...]
    answer: LegAnswer
    warnings: tuple[Finding, ...]


def route_legs(
    question: LegsQuestion,
    *,
    sources: Sequence[LegFile],
    clock: Clock,
    progress: Progress = silent,
) -> LegsAnswer:
    """The ways over the legs of all files; none is an answer too.

    Parameters
    ----------
    question
        In words.
    sources
        Files of legs, one of each operator.
    clock
        Tells the day.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If a file cannot be read, the files do not fit together, or the question names what is
        not there; carries every finding.
    """
    progress("Reading legs")
    day = question.on_day or clock.today()
    placed: list[PlacedLeg] = []
    findings: list[Finding] = []
    for source in sources:
        found, wrong = source.read_legs()
        placed.extend(found)
        findings.extend(wrong)
    findings += validate_legs(placed, on_day=day)
    if errors_of(tuple(findings)):
        raise InvalidDataError(tuple(findings))
    legs = tuple(one.leg for one in placed)
    understood = _understood(question, legs=legs, day=day)
    progress("Finding ways")
    return LegsAnswer(
        question=understood,
        legs=legs,
        answer=find_leg_ways(legs, understood),
        warnings=tuple(findings),
    )


def _understood(question: LegsQuestion, *, legs: Sequence[OfferedLeg], day: date) -> LegQuestion:
    points = {site_id for leg in legs for site_id in leg.ends}
    a_site = reading("a_site", question.a_site, lambda word: _point(word, points))
    z_site = reading("z_site", question.z_site, lambda word: _point(word, points))
    metric = reading("by", question.by, lambda word: choice_from_word(word, RouteMetric))
    statuses = statuses_reading(question.include)
    refuse_unread((a_site, z_site, metric, statuses))
    try:
        return LegQuestion(
            a_site_id=a_site.value,
            z_site_id=z_site.value,
            k=question.k,
            metric=metric.value,
            disjoint=question.disjoint,
            accepted_statuses=statuses.value,
            on_day=day,
        )
    except ValueError as error:
        field = "k" if str(error).startswith("k ") else "z_site"
        raise InvalidDataError((question_finding(field, str(error)),)) from error


def _point(word: str, points: set[SiteId]) -> SiteId:
    """The point that a word means, in any case."""
    wanted = word.strip().casefold()
    for site_id in sorted(points):
        if site_id.casefold() == wanted:
            return site_id
    raise NotFoundError(
        f"no leg begins or ends at {word!r}; the points are {', '.join(sorted(points)[:20])}"
        f"{' ...' if len(points) > 20 else ''}.",  # noqa: PLR2004 -- as many as fit two lines
        near_misses=near_misses(word, points),
    )
