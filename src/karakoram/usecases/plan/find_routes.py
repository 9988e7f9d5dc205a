"""Which routes are there between two sites that somebody names?"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from karakoram.network.network import Network
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.planning.route_answers import RouteAnswer, RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes as routes
from karakoram.usecases.plan.questions import ways_readings
from karakoram.usecases.ports import Clock, NetworkSource, Progress, silent
from karakoram.usecases.words import choice_from_word, reading, transit_limits_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesQuestion:
    """A question about routes as a person asks it: sites and the like by identifier or name."""

    a_site: str
    z_site: str
    k: int = 3
    by: str = "length"
    disjoint: bool = False
    """Whether the pair that shares least risk is wanted too."""
    avoid: tuple[str, ...] = ()
    """Sites, spans, operators and cables."""
    transit_limits: tuple[str, ...] = ()
    """Bounds inside single operators, e.g. ``ONE=900km`` or ``ONE=2handovers``."""
    include: tuple[str, ...] = ()
    """Statuses besides in service."""
    bit_rate: str = "400G"
    """Whose price book applies when routes are ordered by price."""
    on_day: date | None = None
    """The day whose prices hold; ``None`` means today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesAnswer:
    """The routes, what was understood, and the network they run over."""

    network: Network
    question: RouteQuestion
    answer: RouteAnswer


def find_routes(
    question: RoutesQuestion,
    *,
    networks: NetworkSource,
    clock: Clock,
    progress: Progress = silent,
) -> RoutesAnswer:
    """The routes that answer ``question``; none is an answer too.

    Parameters
    ----------
    question
        In words.
    networks
        Where the network is read.
    clock
        Tells the day.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or the question names what is not there.
    """
    progress("Reading the network")
    network = networks.read_network()
    understood = route_question(question, network=network, today=clock.today())
    progress("Preparing the network")
    prepared = prepare(network)
    progress("Finding routes")
    return RoutesAnswer(network=network, question=understood, answer=routes(prepared, understood))


def routes_on_prepared(
    question: RoutesQuestion, *, prepared: PreparedNetwork, clock: Clock
) -> RouteAnswer:
    """The routes on a network that is prepared already, for who asks many questions.

    Raises
    ------
    InvalidDataError
        If the question names what is not there.
    """
    understood = route_question(question, network=prepared.network, today=clock.today())
    return routes(prepared, understood)


def route_question(question: RoutesQuestion, *, network: Network, today: date) -> RouteQuestion:
    """What ``question`` means on ``network``.

    Raises
    ------
    InvalidDataError
        Carrying a finding for every word that means nothing.
    """
    return ways_readings(question, network=network, today=today).asked(
        partial(RouteQuestion, k=question.k, disjoint=question.disjoint),
        metric=reading("by", question.by, lambda word: choice_from_word(word, RouteMetric)),
        transit_limits=transit_limits_reading(question.transit_limits, network=network),
    )
