"""How are simulated failures shown to a person?"""

from collections.abc import Mapping

from rich.console import Console

from karakoram.core.provenance import Confidence
from karakoram.engines.restoration.policy import RestorationOutcome
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.restoration.drills import FailureEffect
from karakoram.refdata.switching_times import read_switching_times
from karakoram.usecases.simulate.failure_words import word_of_scheme
from karakoram.usecases.simulate.simulate_failures import FailuresAnswer, SchemeAnswer

WORST_SHOWN = 8
OWNERS_SHOWN = 8
MS_PER_S = 1e3

OUTCOME_TEXTS: Mapping[RestorationOutcome, str] = {
    RestorationOutcome.REDUCED: "lower bit rate",
    RestorationOutcome.END_DOWN: "end down",
    RestorationOutcome.NO_PATH: "no path left",
    RestorationOutcome.NO_REACH: "out of reach",
    RestorationOutcome.NO_SPECTRUM: "no spectrum",
    RestorationOutcome.WAITS: "waits for repair",
    RestorationOutcome.PRE_EMPTED: "put out for others",
}


def show_simulated_failures(console: Console, answer: FailuresAnswer) -> None:
    """Print what each scheme keeps up, the worst failures, who bears what, and what is assumed.

    Parameters
    ----------
    console
        Where to.
    answer
        Every scheme on the same plant.
    """
    question = answer.question
    every = len(answer.schemes[0].report.effects)
    together = "" if question.together == 1 else ", one and two at a time"
    show_lines(
        console,
        f"{answer.plant.name}: {answer.offered_gbps / 1e3:g} Tb/s asked for; "
        f"{every:,} failures played through{together}; {question.years:g} years of random failures",
        indent=0,
    )
    show_table(
        console,
        (
            *("Scheme", "#Tb/s placed", "#not placed", "#restored", "#slowest s", "#spare needed"),
            *("#lost Tb/s h a year", "#least available"),
        ),
        map(_scheme_row, answer.schemes),
    )
    show_lines(
        console,
        "restored: of the bit rate that single things take and that could come back, all failures "
        "together; spare needed: slots times km besides the working paths, as a share of these",
    )
    for scheme in answer.schemes:
        _show_worst(console, scheme)
    _show_owners(console, answer)
    _show_assumed(console, answer)


def _scheme_row(one: SchemeAnswer) -> tuple[str, ...]:
    report = one.report
    placed = [
        float(share)
        for share, is_placed in zip(one.loss.availability, report.is_placed, strict=True)
        if is_placed
    ]
    slowest_ms = max((effect.longest_ms for effect in report.effects), default=0.0)
    spare = max(report.spare.reserved, report.spare.used)
    return (
        word_of_scheme(one.scheme),
        f"{report.placed_gbps / 1e3:g}",
        str(report.is_placed.count(False)),
        f"{100.0 * report.back_share:.1f} %",
        f"{slowest_ms / MS_PER_S:.2f}" if slowest_ms else "-",
        texts.percent(spare / report.spare.working) if report.spare.working else "-",
        f"{one.loss.lost_tbps_h:,.1f} ± {one.loss.lost_half_width_tbps_h:,.1f}",
        texts.availability(1.0 - min(placed)) if placed else "-",
    )


def _show_worst(console: Console, one: SchemeAnswer) -> None:
    worst = sorted(one.report.effects, key=lambda effect: -_lost_gbps(effect))[:WORST_SHOWN]
    lost = [effect for effect in worst if _lost_gbps(effect) > 0.0]
    show_title(console, f"Worst failures, {word_of_scheme(one.scheme)}")
    if not lost:
        show_lines(console, "No failure loses anything that is not lost with an end of it.")
        return
    show_table(
        console,
        ("Down", "#Gb/s hit", "#restored", "#lost", "Why"),
        (
            (
                " and ".join(part.name for part in effect.components),
                f"{effect.hit_gbps:,.0f}",
                f"{effect.back_gbps:,.0f}",
                f"{_lost_gbps(effect):,.0f}",
                ", ".join(OUTCOME_TEXTS[kind] for kind in effect.lost_gbps),
            )
            for effect in lost
        ),
    )


def _lost_gbps(effect: FailureEffect) -> float:
    return effect.hit_gbps - effect.back_gbps - effect.end_down_gbps


def _show_owners(console: Console, answer: FailuresAnswer) -> None:
    """Whose glass is down while something is lost, scheme beside scheme."""
    owners = dict.fromkeys(
        owner for one in answer.schemes for owner in one.loss.lost_by_owner_tbps_h
    )
    if not owners:
        return
    show_title(console, "Lost in a year, by whose glass is down [Tb/s h]")
    show_table(
        console,
        ("Owner", *(f"#{word_of_scheme(one.scheme)}" for one in answer.schemes)),
        (
            (
                owner,
                *(
                    f"{one.loss.lost_by_owner_tbps_h.get(owner, 0.0):,.1f}"
                    for one in answer.schemes
                ),
            )
            for owner in list(owners)[:OWNERS_SHOWN]
        ),
    )


def _show_assumed(console: Console, answer: FailuresAnswer) -> None:
    show_title(console, "What this rests on")
    rated = [one for one in answer.plant.components if one.failures_per_year > 0.0]
    assumed = sum(one.confidence is Confidence.ASSUMED for one in rated)
    times = ", ".join(
        f"{one.name.lower()} {one.time_ms:g} ms ({one.provenance.confidence.value})"
        for one in read_switching_times()
    )
    show_lines(
        console,
        f"Failure rate or repair time is assumed for {assumed} of {len(rated)} things that fail; "
        f"for {len(answer.plant.components) - len(rated)} more none is known, and they are only "
        "played through.",
        f"What is lost and available is {answer.loss_confidence.value}, as the worst of these.",
        f"Times: {times}.",
        *answer.plant.notes,
        *(finding.message for finding in answer.findings),
    )
