from dataclasses import replace

import pytest

from karakoram.adapters.formats.topologies.library import NamedTopology
from karakoram.adapters.workers.cluster import DaskCluster
from karakoram.adapters.workers.pool import ProcessPool
from karakoram.core.errors import InvalidDataError
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.network.topology import TopologyDemand
from karakoram.planning.traffic.paths import demand_weights
from karakoram.usecases.plan.topology_ports import TopologySource
from karakoram.usecases.simulate.simulate_traffic import simulate_traffic
from karakoram.usecases.simulate.simulation_ports import Workers
from karakoram.usecases.simulate.traffic_question import TrafficQuestion
from tests.support.traffic_answers import asked, three_loads
from tests.support.traffic_studies import topology_of


def refusal(**question):
    with pytest.raises(InvalidDataError) as told:
        asked(**question)
    return {finding.place.field: finding.message for finding in told.value.findings}


def test_blocking_rises_with_the_load():
    loads = three_loads().loads
    blocking = [one.figures.blocking for one in loads]
    assert [one.load_erlang for one in loads] == [120.0, 210.0, 250.0]
    assert blocking[0].high < blocking[1].low < blocking[1].high < blocking[2].low
    assert [one.figures.requests for one in loads] == [17_000] * 3
    assert loads[2].offered_erlang == pytest.approx(171.74, abs=0.01)
    assert all(one.requests_per_cpu_s > 0.0 for one in loads)


def test_a_load_gives_the_same_alone_and_among_others_and_with_the_same_seed_only():
    (alone,) = asked(loads_erlang=(250.0,)).loads
    assert alone.figures == three_loads().loads[2].figures
    (other,) = asked(seed=2).loads
    assert other.figures != alone.figures


def test_the_words_of_the_question_change_what_they_name():
    base = asked().loads[0].figures.blocking

    def blocking(**question):
        return asked(**question).loads[0].figures.blocking

    assert blocking(slots=80).low > base.high
    assert blocking(k=1).low > base.high
    assert blocking(order="length").low > base.high
    assert blocking(guard_slots=0).high < base.low
    assert blocking(reserved=("40-59",)).low > base.high
    assert blocking(reserved=("40-59",)) != blocking(reserved=("80-99",)) == blocking(slots=80)
    assert blocking(reserved=("80-89", "90-99")) == blocking(slots=80)
    assert blocking(is_directed=False).low > base.high
    assert blocking(truncate=None).low > base.high
    assert blocking(bit_rates=("25G", "50G")).high < base.low
    assert blocking(heuristic="KSP-EF") != base
    assert blocking(holding="fixed", truncate=None).low > base.high
    assert blocking(mean_holding=17.0).value == pytest.approx(base.value, rel=0.02)
    assert blocking(holding="lognormal").value != base.value
    tidied = asked(defragment="make-before-break", defragment_every=25).loads[0].figures
    assert tidied.moves > 0
    assert tidied.blocking.value < base.value
    shorter = asked(regenerate_km=1250.0)
    assert shorter.loads[0].figures.blocking.high < base.low
    assert shorter.paths.candidates.segments_max > 1


def test_a_bound_on_latency_is_a_cause():
    causes = dict(asked(latency_ms_max=12.0).loads[0].figures.by_cause)
    assert causes[Outcome.LATENCY].low > 0.0


def test_endless_holding_fills_the_network():
    answer = asked(holding="endless", truncate=None, warm_up=0, loads_erlang=(1.0,))
    assert answer.loads[0].figures.blocking.value > 0.9


def test_more_runs_count_together():
    answer = asked(runs=3)
    assert answer.loads[0].figures.requests == 3 * 17_000


def test_pairs_are_as_likely_as_demands_are_large():
    topology = topology_of("nsfnet")
    first, second = topology.sites[0].site_id, topology.sites[1].site_id
    demands = (
        TopologyDemand(a_site_id=first, z_site_id=second, volume=2.0),
        TopologyDemand(a_site_id=second, z_site_id=first, volume=1.0),
    )
    loaded = replace(topology, demands=demands)
    weights = demand_weights(loaded, is_directed=True)
    assert (weights[0], weights[13], weights.sum()) == (2.0, 1.0, 3.0)
    assert demand_weights(loaded, is_directed=False)[0] == 3.0

    class Source:
        def read_topology(self):
            return loaded, ()

    class Seen:
        def results(self, work, pieces, *, told):
            told(1, 1)
            law = pieces[0].piece.law
            assert law.pairs.probability[[0, 13]] == pytest.approx([2 / 3, 1 / 3])
            raise KeyError("seen")

    with pytest.raises(KeyError, match="seen"):
        simulate_traffic(
            TrafficQuestion(loads_erlang=(5.0,), by_demands=True),
            topologies=Source(),
            workers=Seen(),
        )


def test_what_is_at_hand_does_what_simulations_need():
    assert isinstance(ProcessPool(1), Workers)
    assert isinstance(DaskCluster("tcp://127.0.0.1:8786"), Workers)
    assert isinstance(NamedTopology("jpn48"), TopologySource)


def test_progress_is_told_as_a_bar():
    said = []

    class Halfway:
        def results(self, work, pieces, *, told):
            told(1, 2)
            raise KeyError("halfway")

    class Source:
        def read_topology(self):
            return topology_of("nsfnet"), ()

    with pytest.raises(KeyError):
        simulate_traffic(
            TrafficQuestion(loads_erlang=(5.0, 6.0)),
            topologies=Source(),
            workers=Halfway(),
            progress=said.append,
        )
    assert said[-2:] == [
        f"Simulating [{'.' * 20}] 0/2",
        f"Simulating [{'#' * 10}{'.' * 10}] 1/2",
    ]


def test_everything_that_cannot_be_is_told_at_once():
    found = refusal(
        loads_erlang=(-3.0,),
        slots=0,
        k=0,
        order="speed",
        heuristic="best",
        holding="short",
        bit_rates=("5X",),
        guard_slots=99,
        reserved=("5-3", "x", "90-100"),
        by_demands=True,
        latency_ms_max=0.0,
        regenerate_km=-1.0,
        defragment="never",
        defragment_every=0,
        seed=-1,
        runs=0,
        requests=50,
        warm_up=-1,
    )
    assert set(found) == {
        *("load", "slots", "k", "order", "heuristic", "holding", "bit_rate", "guard", "demands"),
        *("latency_max", "regenerate", "seed", "seeds", "requests", "warm_up"),
        *("defragment", "every", "reserve"),
    }
    assert found["slots"] == "slots must be 1 to 4,096, got 0"
    assert "ksp_ff" in found["heuristic"]


@pytest.mark.parametrize(
    ("question", "field", "told"),
    [
        ({"loads_erlang": ()}, "load", "name a load"),
        ({"requests": 3_050}, "requests", "at least 100 must be left"),
        ({"holding": "fixed"}, "holding", "cannot be truncated"),
        ({"mean_holding": 0.0}, "holding", "above 0"),
        ({"truncate": -2.0}, "holding", "above 0"),
    ],
)
def test_what_cannot_be_is_told_with_what_would_be_right(question, field, told):
    assert told in refusal(**question)[field]
