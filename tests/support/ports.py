"""Stand-ins for what the use cases need from outside."""

from dataclasses import dataclass, field
from datetime import date

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.network.network import Network


@dataclass
class GivenNetwork:
    """A source that gives what it was given."""

    network: Network | None
    findings: tuple[Finding, ...] = ()

    def read_network(self) -> Network:
        if self.network is None or errors_of(self.findings):
            raise InvalidDataError(self.findings)
        return self.network

    def read_network_with_findings(self) -> tuple[Network | None, tuple[Finding, ...]]:
        return self.network, self.findings


@dataclass
class KeptNetwork:
    """A target that keeps what it is given."""

    kept: list[Network] = field(default_factory=list)

    def write_network(self, network: Network) -> None:
        self.kept.append(network)


@dataclass
class KeptReport:
    """A writer that keeps what it should write."""

    kept: list = field(default_factory=list)

    def write_report(self, *, network: Network, design) -> None:
        self.kept.append((network, design))


@dataclass
class StoppedClock:
    """A clock that stands on one day."""

    day: date = date(2026, 11, 22)

    def today(self) -> date:
        return self.day
