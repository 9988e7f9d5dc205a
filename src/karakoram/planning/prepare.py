"""What can be computed from a network once, for any number of questions?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import errors_of
from karakoram.network.network import Network
from karakoram.network.validate import validate
from karakoram.planning.lightpaths import LightpathChoice, lone_margins_db, reach_shares
from karakoram.planning.line_components import Component, line_components
from karakoram.planning.optical_plant import LineKey, OpticalPlant, optical_plant
from karakoram.planning.route_graph import RouteGraph, route_graph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedNetwork:
    """A network with its route graph, the noise of its lines and what fails on them."""

    network: Network
    graph: RouteGraph
    plant: OpticalPlant
    lone_margins_db: Float[np.ndarray, "mode line"]
    """Margin of each transceiver mode on each line alone [dB]."""
    reach_shares: Float[np.ndarray, "mode line"]
    """Share of each mode's reach that each line takes at least; see ``lightpaths``."""
    line_components: Mapping[LineKey, Component]
    """What fails on each line."""

    def lightpath_choice(self, bit_rate_gbps: float) -> LightpathChoice:
        """Which lightpaths carry a bit rate over the paths of the network."""
        return LightpathChoice(
            self.plant,
            self.network,
            reach_shares=self.reach_shares,
            bit_rate_gbps=bit_rate_gbps,
        )


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
    plant = optical_plant(network)
    return PreparedNetwork(
        network=network,
        graph=route_graph(network),
        plant=plant,
        lone_margins_db=lone_margins_db(plant, network),
        reach_shares=reach_shares(plant, network),
        line_components=line_components(network, plant.lines),
    )
