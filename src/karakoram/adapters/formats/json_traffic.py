"""How does an answer about traffic read as JSON?"""

from math import isinf
from typing import Any

from karakoram.engines.traffic import Estimate
from karakoram.planning.traffic.light import LightFigures
from karakoram.planning.traffic.simulation import LitModulation
from karakoram.planning.traffic.tables import ReservedBand
from karakoram.usecases.simulate.simulate_traffic import LoadAnswer, TrafficAnswer
from karakoram.usecases.simulate.traffic_understood import UnderstoodTraffic


def json_from_traffic(answer: TrafficAnswer) -> dict[str, Any]:
    """The answer as an object; where one load was asked for, its figures stand at the top too."""
    question, understood = answer.question, answer.understood
    loads = [_load(one, light=understood.light) for one in answer.loads]
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
            "reserved": [_band(one) for one in understood.reserved],
            "is_directed": question.is_directed,
            "by_demands": question.by_demands,
            "latency_ms_max": question.latency_ms_max,
            "regenerate_km": question.regenerate_km,
            "defragment": question.defragment,
            "defragment_every": question.defragment_every,
            "is_traced": understood.requests.trace is not None,
            "by_matrix": answer.by_matrix,
            "bit_rates": _bit_rates(understood),
            "reach_table": None if understood.light else _reach_table(understood),
            "light": _light(understood.light, regenerators_max=question.light.regenerators_max),
            "seed": question.seed,
            "seeds": question.runs,
            "requests": answer.requests,
            "warm_up": answer.warm_up,
        },
        "path_list_sha256": answer.paths.path_list_sha256,
        **(top if len(loads) == 1 else {}),
        "loads": loads,
    }


def _band(one: ReservedBand) -> dict[str, Any]:
    return {"n": one.n, "m": one.m, "section_id": one.section_id}


def _bit_rates(understood: UnderstoodTraffic) -> list[dict[str, Any]]:
    """The bit rates and how often each is asked for."""
    source = understood.requests
    shares = source.laws[0].bit_rates.probability
    return [
        {"gbps": gbps, "share": float(share)}
        for gbps, share in zip(source.bit_rates_gbps, shares, strict=True)
    ]


def _reach_table(understood: UnderstoodTraffic) -> list[dict[str, Any]]:
    return [
        {
            "reach_km": None if isinf(step.reach_km) else step.reach_km,
            "bit_per_s_per_hz": step.bit_per_s_per_hz,
        }
        for step in understood.choice.slot_rule.reach_table
    ]


def _light(figures: LightFigures | None, *, regenerators_max: int) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {
        "fibre_type_id": figures.fibre_type_id,
        "amplifier_type_id": figures.amplifier_type_id,
        "span_km_max": figures.span_km_max,
        "snr_gap_db": figures.snr_gap_db,
        "bit_per_s_per_hz": list(figures.spectral_efficiencies),
        "channel_ghz": figures.bandwidth_ghz,
        "regenerators_max": regenerators_max,
    }


def _lit(one: LitModulation, *, efficiency: float) -> dict[str, Any]:
    gsnr_db = one.gsnr_db_min if one.lit_count else None
    return {
        "bit_per_s_per_hz": efficiency,
        "snr_db_needed": round(one.snr_needed_db, 3),
        "lit": one.lit_count,
        "gsnr_db_min": None if gsnr_db is None else round(gsnr_db, 3),
    }


def _load(one: LoadAnswer, *, light: LightFigures | None) -> dict[str, Any]:
    figures = one.figures
    causes = [(cause.name.lower(), share) for cause, share in figures.by_cause]
    return {
        "load_erlang": _finite(one.load_erlang),
        "offered_erlang": _finite(one.offered_erlang),
        "blocking": figures.blocking.value,
        "ci95": _interval(figures.blocking),
        "by_cause": {cause: share.value for cause, share in causes},
        "by_cause_ci95": {cause: _interval(share) for cause, share in causes},
        "bit_rate_blocking": figures.bit_rate_blocking.value,
        "bit_rate_blocking_ci95": _interval(figures.bit_rate_blocking),
        "requests": figures.requests,
        "moves": figures.moves,
        "regenerators_at_end": None if light is None else figures.regenerators,
        "lit_at_end": None
        if light is None or figures.light is None
        else [
            _lit(of_one, efficiency=efficiency)
            for of_one, efficiency in zip(figures.light, light.spectral_efficiencies, strict=True)
        ],
        "requests_per_cpu_s": round(one.requests_per_cpu_s),
    }


def _finite(load: float) -> float | None:
    return None if isinf(load) else load


def _interval(estimate: Estimate) -> list[float]:
    return [estimate.low, estimate.high]
