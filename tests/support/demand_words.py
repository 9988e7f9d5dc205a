"""Small demands in words, and the network they are lit on."""

from karakoram.usecases.plan.plan_regenerators import (
    DemandWords,
    RegeneratorQuestion,
    plan_regenerators,
)
from tests.support.planning_networks import fibre, mode, network_of, small_library
from tests.support.ports import GivenNetwork

# Of 17 ps/(nm km), two lines of 160 km are the most that the mode bears.
LIBRARY = small_library(transceiver_modes={"400G": mode("400G", 400.0, cd_ps_per_nm_max=5_500.0)})
CHAIN = network_of(
    *(fibre(a, z, 160.0) for a, z in ("AB", "BC", "CD", "DZ")), library=LIBRARY, more_sites=["X"]
)


def plan(*demands, network=CHAIN, **asked):
    """The plan for demands on a chain of four lines, A to Z; site X hangs in the air."""
    question = RegeneratorQuestion(demands=demands or None, **asked)
    return plan_regenerators(question, networks=GivenNetwork(network))


def words(from_site="A", to_site="Z", bit_rate="400G", **more):
    """One demand."""
    return DemandWords(from_site=from_site, to_site=to_site, bit_rate=bit_rate, **more)


def written(tmp_path, text):
    """A file of demands."""
    path = tmp_path / "wanted.csv"
    path.write_text(text, encoding="utf-8")
    return path
