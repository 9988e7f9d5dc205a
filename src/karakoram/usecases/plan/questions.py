"""What do all questions about ways between two sites have in common, and what does that mean?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar, runtime_checkable

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import SiteId
from karakoram.network.network import Network
from karakoram.network.records import Status
from karakoram.planning.demand import Exclusions
from karakoram.usecases.words import (
    Reading,
    bit_rate_gbps_from_text,
    exclusions_reading,
    question_finding,
    reading,
    refuse_unread,
    site_reading,
    statuses_reading,
)

AskedT = TypeVar("AskedT")

_CLASS_NAME = re.compile(r"^[A-Z]\w*\.")
_FIGURES: Mapping[str, str] = {
    "latency_ms_max": "the bound on the one-way latency in ms",
    "transit_limits": "the limits inside operators",
    "term_months": "the term in months",
    "k": "the number of routes",
}
"""The figures of questions in the words of a person."""


@runtime_checkable
class WaysQuestion(Protocol):
    """A question about ways from A to Z as a person asks it."""

    @property
    def a_site(self) -> str:
        """One end, by identifier or name."""

    @property
    def z_site(self) -> str:
        """The other end."""

    @property
    def bit_rate(self) -> str:
        """With its unit, e.g. ``400G``."""

    @property
    def avoid(self) -> tuple[str, ...]:
        """Sites, spans, operators and cables."""

    @property
    def include(self) -> tuple[str, ...]:
        """Statuses besides in service."""

    @property
    def on_day(self) -> date | None:
        """The day whose prices hold; ``None`` means today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysReadings:
    """What the words of a question were taken for."""

    a_site: Reading[SiteId]
    z_site: Reading[SiteId]
    bit_rate: Reading[float]
    avoid: Reading[Exclusions]
    statuses: Reading[frozenset[Status]]
    on_day: date

    def asked(self, build: Callable[..., AskedT], /, **besides: Reading[Any]) -> AskedT:
        """What ``build`` makes of all that was read, here and ``besides``.

        Raises
        ------
        InvalidDataError
            With a finding for every word that means nothing, or for what contradicts another.
        """
        refuse_unread(
            (self.a_site, self.z_site, self.bit_rate, *besides.values(), self.avoid, self.statuses)
        )
        try:
            return build(
                a_site_id=self.a_site.value,
                z_site_id=self.z_site.value,
                bit_rate_gbps=self.bit_rate.value,
                avoid=self.avoid.value,
                accepted_statuses=self.statuses.value,
                on_day=self.on_day,
                **{name: one.value for name, one in besides.items()},
            )
        except ValueError as breach:
            raise InvalidDataError((_contradiction(str(breach)),)) from breach


def _contradiction(breach: str) -> Finding:
    """What a demand says against its own figures, about the field of the question it names."""
    field, _, rest = _CLASS_NAME.sub("", breach).partition(" ")
    if field in _FIGURES:
        return question_finding(field, f"{_FIGURES[field]} {rest}")
    return question_finding("demand", breach)


def ways_readings(question: WaysQuestion, *, network: Network, today: date) -> WaysReadings:
    """What the words that all such questions share mean on ``network``."""
    return WaysReadings(
        a_site=site_reading("a_site", question.a_site, network=network),
        z_site=site_reading("z_site", question.z_site, network=network),
        bit_rate=reading("bit_rate", question.bit_rate, bit_rate_gbps_from_text),
        avoid=exclusions_reading(question.avoid, network=network),
        statuses=statuses_reading(question.include),
        on_day=question.on_day or today,
    )
