"""Launch powers of sections of the reference corridor."""

from functools import cache

from karakoram.adapters.formats.network_folder import read_network
from karakoram.refdata.corridor import corridor_folder
from karakoram.usecases.light.optimise_launch import LaunchQuestion, optimise_launch
from tests.support.watched import at_full_speed, types_unchecked


class Corridor:
    """The reference corridor, read once."""

    network = at_full_speed()(read_network)(corridor_folder())

    def read_network(self):
        return self.network

    def read_network_with_findings(self):
        return self.network, ()


@cache
@types_unchecked()
def launch_answer(**words):
    """What the question in words is answered."""
    return optimise_launch(LaunchQuestion(**words), networks=Corridor())


def wide_answer():
    """A short section in both bands."""
    return launch_answer(section="bbs-chl", band="c+l", goal="capacity")
