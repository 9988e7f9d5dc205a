"""Small answers about failures and growth, and the sources that they come from."""

import numpy as np

from karakoram.usecases.simulate.failure_words import ConnectionWords
from karakoram.usecases.simulate.simulate_failures import FailuresQuestion, simulate_failures
from karakoram.usecases.simulate.simulate_growth import GrowthQuestion, simulate_growth
from tests.support.planning_networks import fibre, network_of
from tests.support.squares import square


class SquareSource:
    """A topology in memory."""

    def read_topology(self):
        return square(), ()


class RingSource:
    """A network folder in memory: A-B-Z, and A-Z of another owner."""

    def read_network(self):
        return network_of(
            fibre("A", "B", 80.0), fibre("B", "Z", 80.0), fibre("A", "Z", 120.0, owner="LESSOR")
        )

    def read_network_with_findings(self):
        return self.read_network(), ()


def row(**given):
    """A row of a file of connections."""
    return ConnectionWords(**{"from_site": "A", "to_site": "B", "bit_rate": "100G", **given})


def failures_answer(question, source=None):
    """The answer, over the square if no other source is named."""
    source = source or SquareSource()
    return simulate_failures(question, source=source, rng=np.random.default_rng(1))


FEW = FailuresQuestion(connections=5, bit_rate="100G", years=5.0, k=3, slots=40)
"""Five random connections on the square, over few years."""

SMALL_GROWTH = GrowthQuestion(
    first="100G",
    last="400G",
    years=2,
    wave="100G",
    schemes=("unprotected", "dynamic"),
    pairs=(row(to_site="Z"),),
    failure_years=10.0,
)


def growth_answer(question=SMALL_GROWTH, progress=lambda message: None):
    """Growth on the ring."""
    return simulate_growth(
        question, networks=RingSource(), rng=np.random.default_rng(1), progress=progress
    )
