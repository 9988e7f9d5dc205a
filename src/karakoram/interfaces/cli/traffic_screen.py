"""How does an answer about traffic look on a screen?"""

from collections.abc import Iterator, Mapping
from math import isinf

from rich.console import Console

from karakoram.core.cells import shown
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.traffic import Estimate
from karakoram.interfaces.cli.screen import show_lines
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.traffic.simulation import LitModulation
from karakoram.usecases.simulate.simulate_traffic import LoadAnswer, TrafficAnswer

_BANDS_SHOWN_MAX = 10
_CAUSES: Mapping[Outcome, str] = {Outcome.NO_LIGHT: "GSNR"}
"""What people call a cause, if otherwise than the code."""


def show_traffic(console: Console, answer: TrafficAnswer) -> None:
    """Print how often requests were refused at each load, and what was simulated."""
    question = answer.question
    console.print(
        f"{shown(answer.topology.name)} · {question.heuristic} · k = {question.k} by "
        f"{question.order} · {question.slots} slots, "
        + ("directed" if question.is_directed else "shared by both directions")
    )
    show_table(
        console,
        ("#load E", "#offered E", "#refused %", "95 % interval", "#of bit rate %", "by cause"),
        [_row(one) for one in answer.loads],
    )
    console.print()
    show_lines(console, *_told(answer))


def _row(one: LoadAnswer) -> tuple[str, ...]:
    figures = one.figures
    causes = "; ".join(
        f"{_CAUSES.get(cause) or cause.name.lower().replace('_', ' ')} {_percent(share.value)}"
        for cause, share in figures.by_cause
        if share.value > 0.0
    )
    return (
        _erlang(one.load_erlang, "{:.6g}"),
        _erlang(one.offered_erlang, "{:.4g}"),
        _percent(figures.blocking.value),
        _interval(figures.blocking),
        _percent(figures.bit_rate_blocking.value),
        causes or "-",
    )


def _erlang(load: float, form: str) -> str:
    return "-" if isinf(load) else form.format(load)


def _told(answer: TrafficAnswer) -> tuple[str, ...]:
    fastest = max(one.requests_per_cpu_s for one in answer.loads)
    return (
        _counted(answer),
        *_modulations(answer),
        *_reserved(answer),
        f"Path list {answer.paths.path_list_sha256}.",
        f"{fastest:,.0f} requests a second of one processor.",
        *_moves(answer),
    )


def _counted(answer: TrafficAnswer) -> str:
    question, counted = answer.question, answer.loads[0].figures.requests
    if answer.understood.requests.trace is not None:
        never = (
            " Some never end: there is no load in erlang."
            if isinf(answer.loads[0].offered_erlang)
            else ""
        )
        return f"{counted:,} requests of the trace counted, {answer.warm_up:,} left out.{never}"
    truncated = "" if question.truncate is None else f" below {question.truncate:g} means"
    runs = "one run" if question.runs == 1 else f"{question.runs} runs"
    matrix = " Pairs by the traffic matrix." if answer.by_matrix else ""
    return (
        f"{counted:,} requests counted at each load in {runs} from seed {question.seed}, "
        f"{answer.warm_up:,} of each run left out; {question.holding} holding times{truncated}."
        + matrix
    )


def _modulations(answer: TrafficAnswer) -> Iterator[str]:
    """How far modulations reach; where light decides, what is taken for it and what is lit."""
    light = answer.understood.light
    if light is None:
        steps = ", ".join(
            f"{step.bit_per_s_per_hz:g} bit/s/Hz "
            + ("over any length" if isinf(step.reach_km) else f"to {step.reach_km:g} km")
            for step in answer.understood.choice.slot_rule.reach_table
        )
        yield f"Modulations: {steps}."
        return
    yield (
        f"Light decides on modulations: {light.fibre_type_id}, {light.amplifier_type_id}, spans up "
        f"to {light.span_km_max:g} km, receivers {light.snr_gap_db:g} dB above Shannon, power best "
        f"for channels of {light.bandwidth_ghz:g} GHz; assumed."
    )
    most = answer.question.light.regenerators_max
    for one in answer.loads:
        lit = "; ".join(
            f"{efficiency:g} bit/s/Hz {of_one.lit_count}" + _margin(of_one)
            for efficiency, of_one in zip(
                light.spectral_efficiencies, one.figures.light or (), strict=True
            )
        )
        regenerators = f"; {one.figures.regenerators} regenerators" if most else ""
        at = "" if isinf(one.load_erlang) else f", {one.load_erlang:.4g} E"
        yield f"Lit at the end{at}: {lit}{regenerators}."


def _margin(lit: LitModulation) -> str:
    if not lit.lit_count:
        return ""
    return f" (GSNR {lit.gsnr_db_min:.2f} dB or more, {lit.snr_needed_db:.2f} needed)"


def _reserved(answer: TrafficAnswer) -> Iterator[str]:
    bands = [
        f"{one.n}:{one.m}" + ("" if one.section_id is None else f" on {shown(one.section_id)}")
        for one in answer.understood.reserved
    ]
    if bands:
        more = f" and {len(bands) - _BANDS_SHOWN_MAX} more" if len(bands) > _BANDS_SHOWN_MAX else ""
        yield f"Never given away, n:m: {', '.join(bands[:_BANDS_SHOWN_MAX])}{more}."


def _moves(answer: TrafficAnswer) -> Iterator[str]:
    if answer.question.defragment is not None:
        moves = ", ".join(f"{one.figures.moves:,}" for one in answer.loads)
        yield f"Moves by defragmentation ({answer.question.defragment}): {moves}."


def _percent(share: float) -> str:
    return f"{100.0 * share:.4g}"


def _interval(estimate: Estimate) -> str:
    return f"{_percent(estimate.low)} to {_percent(estimate.high)}"
