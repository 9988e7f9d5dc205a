"""How does an answer about traffic look on a screen?"""

from collections.abc import Iterator

from rich.console import Console

from karakoram.core.cells import shown
from karakoram.engines.traffic import Estimate
from karakoram.interfaces.cli.screen import show_lines
from karakoram.interfaces.cli.tables import show_table
from karakoram.usecases.simulate_traffic import LoadAnswer, TrafficAnswer


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
        f"{cause.name.lower().replace('_', ' ')} {_percent(share.value)}"
        for cause, share in figures.by_cause
        if share.value > 0.0
    )
    return (
        f"{one.load_erlang:g}",
        f"{one.offered_erlang:.4g}",
        _percent(figures.blocking.value),
        _interval(figures.blocking),
        _percent(figures.bit_rate_blocking.value),
        causes or "-",
    )


def _told(answer: TrafficAnswer) -> tuple[str, ...]:
    question = answer.question
    truncated = "" if question.truncate is None else f" below {question.truncate:g} means"
    counted = answer.loads[0].figures.requests
    fastest = max(one.requests_per_cpu_s for one in answer.loads)
    runs = "one run" if question.runs == 1 else f"{question.runs} runs"
    counts = (
        f"{counted:,} requests counted at each load in {runs} from seed {question.seed}, "
        f"{question.warm_up:,} of each run left out; {question.holding} holding times{truncated}."
    )
    return (
        counts,
        f"Path list {answer.paths.path_list_sha256}.",
        f"{fastest:,.0f} requests a second of one processor.",
        *_moves(answer),
    )


def _moves(answer: TrafficAnswer) -> Iterator[str]:
    if answer.question.defragment is not None:
        moves = ", ".join(f"{one.figures.moves:,}" for one in answer.loads)
        yield f"Moves by defragmentation ({answer.question.defragment}): {moves}."


def _percent(share: float) -> str:
    return f"{100.0 * share:.4g}"


def _interval(estimate: Estimate) -> str:
    return f"{_percent(estimate.low)} to {_percent(estimate.high)}"
