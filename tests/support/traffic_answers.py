"""A small answer about traffic, made by the use case on one process."""

from functools import cache

from karakoram.adapters.formats.topologies.library import NamedTopology
from karakoram.adapters.workers.pool import ProcessPool
from karakoram.usecases.simulate.simulate_traffic import simulate_traffic
from karakoram.usecases.simulate.traffic_question import TrafficQuestion


def asked(topology="nsfnet-deeprmsa", **question):
    question = {
        "loads_erlang": (250.0,),
        "requests": 20_000,
        "truncate": 2.0,
        **question,
    }
    return simulate_traffic(
        TrafficQuestion(**question), topologies=NamedTopology(topology), workers=ProcessPool(1)
    )


@cache
def three_loads():
    return asked(loads_erlang=(120.0, 210.0, 250.0))
