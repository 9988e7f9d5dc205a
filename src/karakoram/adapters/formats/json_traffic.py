"""How does an answer about traffic read as JSON?"""

from typing import Any

from karakoram.engines.traffic import Estimate
from karakoram.usecases.simulate_traffic import LoadAnswer, TrafficAnswer


def json_from_traffic(answer: TrafficAnswer) -> dict[str, Any]:
    """The answer as an object; where one load was asked for, its figures stand at the top too."""
    question = answer.question
    loads = [_load(one) for one in answer.loads]
    top = {key: value for key, value in loads[0].items() if key != "load_erlang"}
    return {
        "request": {
            "topology": answer.topology.name,
            "loads_erlang": list(question.loads_erlang),
            "slots": question.slots,
            "k": question.k,
            "order": question.order,
            "heuristic": question.heuristic,
            "holding": question.holding,
            "truncate": question.truncate,
            "mean_holding": question.mean_holding,
            "guard_slots": question.guard_slots,
            "reserved": list(question.reserved),
            "is_directed": question.is_directed,
            "by_demands": question.by_demands,
            "latency_ms_max": question.latency_ms_max,
            "regenerate_km": question.regenerate_km,
            "defragment": question.defragment,
            "defragment_every": question.defragment_every,
            "seed": question.seed,
            "seeds": question.runs,
            "requests": question.requests,
            "warm_up": question.warm_up,
        },
        "path_list_sha256": answer.paths.path_list_sha256,
        **(top if len(loads) == 1 else {}),
        "loads": loads,
    }


def _load(one: LoadAnswer) -> dict[str, Any]:
    figures = one.figures
    causes = [(cause.name.lower(), share) for cause, share in figures.by_cause]
    return {
        "load_erlang": one.load_erlang,
        "offered_erlang": one.offered_erlang,
        "blocking": figures.blocking.value,
        "ci95": _interval(figures.blocking),
        "by_cause": {cause: share.value for cause, share in causes},
        "by_cause_ci95": {cause: _interval(share) for cause, share in causes},
        "bit_rate_blocking": figures.bit_rate_blocking.value,
        "bit_rate_blocking_ci95": _interval(figures.bit_rate_blocking),
        "requests": figures.requests,
        "moves": figures.moves,
        "requests_per_cpu_s": round(one.requests_per_cpu_s),
    }


def _interval(estimate: Estimate) -> list[float]:
    return [estimate.low, estimate.high]
