"""How would the service that somebody asks for in words be given?"""

from dataclasses import dataclass
from datetime import date

from karakoram.core.errors import InvalidDataError
from karakoram.network.network import Network
from karakoram.planning.demand import TERM_MONTHS_DEFAULT, Protection, ServiceDemand
from karakoram.planning.design import design_service as design
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.usecases.ports import Clock, NetworkSource, Progress, ReportWriter, silent
from karakoram.usecases.words import (
    bit_rate_gbps_from_text,
    choice_from_word,
    exclusions_reading,
    question_finding,
    reading,
    refuse_unread,
    site_reading,
    sites_reading,
    statuses_reading,
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
    a_site = site_reading("a_site", question.a_site, network=network)
    z_site = site_reading("z_site", question.z_site, network=network)
    bit_rate = reading("bit_rate", question.bit_rate, bit_rate_gbps_from_text)
    protection = reading(
        "protection", question.protection, lambda word: choice_from_word(word, Protection)
    )
    avoid = exclusions_reading(question.avoid, network=network)
    via = sites_reading("via", question.via, network=network)
    statuses = statuses_reading(question.include)
    refuse_unread((a_site, z_site, bit_rate, protection, avoid, via, statuses))
    try:
        return ServiceDemand(
            a_site_id=a_site.value,
            z_site_id=z_site.value,
            bit_rate_gbps=bit_rate.value,
            protection=protection.value,
            on_day=question.on_day or today,
            latency_ms_max=question.latency_ms_max,
            avoid=avoid.value,
            via_site_ids=via.value,
            accepted_statuses=statuses.value,
            term_months=question.term_months,
        )
    except ValueError as breach:
        raise InvalidDataError((question_finding("demand", str(breach)),)) from breach
