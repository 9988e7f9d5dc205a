"""What can be computed from a network once, for any number of questions?"""

from dataclasses import dataclass

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import errors_of
from karakoram.network.network import Network
from karakoram.network.validate import validate
from karakoram.planning.optical_plant import OpticalPlant, optical_plant
from karakoram.planning.route_graph import RouteGraph, route_graph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedNetwork:
    """A network with its route graph and the noise of its lines."""

    network: Network
    graph: RouteGraph
    plant: OpticalPlant


def prepare(network: Network) -> PreparedNetwork:
    """The network made ready for questions; takes about as long as thirty of them.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule; carries every error.
    """
    errors = errors_of(validate(network))
    if errors:
        raise InvalidDataError(errors)
    return PreparedNetwork(
        network=network, graph=route_graph(network), plant=optical_plant(network)
    )
