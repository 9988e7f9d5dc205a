"""How would the service that somebody asks for in words be given?"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from karakoram.network.network import Network
from karakoram.planning.demand import TERM_MONTHS_DEFAULT, Protection, ServiceDemand
from karakoram.planning.design import design_service as design
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.usecases.plan.questions import ways_readings
from karakoram.usecases.ports import Clock, NetworkSource, Progress, ReportWriter, silent
from karakoram.usecases.words import (
    choice_from_word,
    reading,
    sites_reading,
    transit_limits_reading,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceQuestion:
    """A wavelength service as a person asks for it: sites and the like by identifier or name."""

    a_site: str
    z_site: str
    bit_rate: str = "400G"
    protection: str = "none"
    latency_ms_max: float | None = None
    """Bound on the one-way latency of every path."""
    transit_limits: tuple[str, ...] = ()
    """Bounds inside single operators, e.g. ``ONE=900km`` or ``ONE=2handovers``."""
    avoid: tuple[str, ...] = ()
    """Sites, spans, operators and cables."""
    via: tuple[str, ...] = ()
    """Sites that the working path passes, in this order."""
    include: tuple[str, ...] = ()
    """Statuses besides in service."""
    term_months: int = TERM_MONTHS_DEFAULT
    on_day: date | None = None
    """The day whose prices hold; ``None`` means today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignAnswer:
    """The answer and the network that it speaks of."""

    network: Network
    answer: ServiceDesign | Infeasible


def design_service(
    question: ServiceQuestion,
    *,
    networks: NetworkSource,
    clock: Clock,
    report: ReportWriter | None = None,
    progress: Progress = silent,
) -> DesignAnswer:
    """The offers for ``question``, or why there are none; the report too, where one is wanted.

    Parameters
    ----------
    question
        In words.
    networks
        Where the network is read.
    clock
        Tells the day.
    report
        Who writes the report; ``None`` for nobody.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or the question names what is not there.
    """
    progress("Reading the network")
    network = networks.read_network()
    demand = service_demand(question, network=network, today=clock.today())
    progress("Preparing the network")
    prepared = prepare(network)
    progress("Designing the service")
    answer = design(prepared, demand)
    if report is not None:
        progress("Writing the report")
        report.write_report(network=network, design=answer)
    return DesignAnswer(network=network, answer=answer)


def answer_on_prepared(
    question: ServiceQuestion, *, prepared: PreparedNetwork, clock: Clock
) -> ServiceDesign | Infeasible:
    """The answer on a network that is prepared already, for who asks many questions.

    Raises
    ------
    InvalidDataError
        If the question names what is not there.
    """
    demand = service_demand(question, network=prepared.network, today=clock.today())
    return design(prepared, demand)


def service_demand(question: ServiceQuestion, *, network: Network, today: date) -> ServiceDemand:
    """The demand that ``question`` means on ``network``.

    Raises
    ------
    InvalidDataError
        Carrying a finding for every word that means nothing.
    """
    protection = reading(
        "protection", question.protection, lambda word: choice_from_word(word, Protection)
    )
    return ways_readings(question, network=network, today=today).asked(
        partial(
            ServiceDemand,
            latency_ms_max=question.latency_ms_max,
            term_months=question.term_months,
        ),
        protection=protection,
        via_site_ids=sites_reading("via", question.via, network=network),
        transit_limits=transit_limits_reading(question.transit_limits, network=network),
    )
