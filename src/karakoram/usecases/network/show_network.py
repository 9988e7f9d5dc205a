"""What is in a network?"""

from dataclasses import dataclass

from karakoram.network.network import Network
from karakoram.network.summary import NetworkSummary, network_summary
from karakoram.usecases.ports import NetworkSource


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOverview:
    """A network and its summary."""

    network: Network
    summary: NetworkSummary


def show_network(*, networks: NetworkSource) -> NetworkOverview:
    """The network and what it holds.

    Raises
    ------
    InvalidDataError
        If the network cannot be read or breaks a rule.
    """
    network = networks.read_network()
    return NetworkOverview(network=network, summary=network_summary(network))
