"""How is simulated growth shown to a person?"""

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.restoration.growth import GrowthYear, SchemeGrowth
from karakoram.usecases.simulate.failure_words import word_of_scheme
from karakoram.usecases.simulate.simulate_growth import GrowthAnswer

OWNERS_SHOWN = 6


def show_growth(console: Console, answer: GrowthAnswer) -> None:
    """Print every year under every scheme, what is full first, and whose glass costs what.

    Parameters
    ----------
    console
        Where to.
    answer
        Every scheme over the same years.
    """
    growth = answer.growth
    show_lines(
        console,
        f"{answer.plant.name}: from {growth.first_tbps:g} to {growth.last_tbps:g} Tb/s in "
        f"{growth.years} years, wavelengths of {growth.wave_gbps:g} Gb/s between "
        f"{len(answer.plant.pairs)} pairs in turn (assumed, no forecast)",
        indent=0,
    )
    for one in answer.schemes:
        show_title(console, word_of_scheme(one.scheme).capitalize())
        show_table(
            console,
            ("#Year", "#Tb/s", "#lit", "#refused", "Fullest section", "#full", "#lost Tb/s h"),
            map(_year_row, one.years),
        )
        show_lines(console, _refusal_text(answer, one))
    _show_owners(console, answer)
    show_title(console, "What this rests on")
    show_lines(
        console,
        f"{answer.question.failure_years:g} years of random failures in each year, the same under "
        "every scheme; ± holds 95 of 100 such simulations.",
        f"What is lost is {answer.loss_confidence.value}, as the worst failure rate or repair time "
        "of the network folder; karakoram simulate failures says how many of them are assumed.",
        *answer.plant.notes,
    )


def _year_row(year: GrowthYear) -> tuple[str, ...]:
    loss = year.loss
    return (
        str(year.year),
        f"{year.asked_tbps:.2f}",
        f"{year.lit_tbps:g}",
        str(year.refused) if year.refused else "-",
        f"{year.fullest.resource.name} ({', '.join(year.fullest.resource.owner_ids)})",
        texts.percent(year.fullest.taken_share),
        f"{loss.lost_tbps_h:,.1f} ± {loss.lost_half_width_tbps_h:,.1f}",
    )


def _refusal_text(answer: GrowthAnswer, one: SchemeGrowth) -> str:
    refusal = one.first_refusal
    if refusal is None:
        return "Nothing is full, however far this growth is followed."
    full = refusal.section
    owners = ", ".join(full.resource.owner_ids)
    return (
        f"First without room: {'-'.join(refusal.pair)} beyond {refusal.lit_tbps:g} Tb/s, "
        f"because of {full.resource.name} of {owners}, {texts.percent(full.taken_share)} full; "
        "what is free lies in pieces too small, or not along the whole way. Up to "
        f"{answer.growth.last_tbps:g} Tb/s {_refused(one.years[-1].refused)}."
    )


def _refused(count: int) -> str:
    return f"{texts.counted(count, 'wavelength')} refused" if count else "nothing is refused"


def _show_owners(console: Console, answer: GrowthAnswer) -> None:
    """The last year, by whose glass is down, scheme beside scheme."""
    last = [one.years[-1].loss.lost_by_owner_tbps_h for one in answer.schemes]
    owners = list(dict.fromkeys(owner for lost in last for owner in lost))[:OWNERS_SHOWN]
    if not owners:
        return
    show_title(console, f"Lost in year {answer.growth.years}, by whose glass is down [Tb/s h]")
    show_table(
        console,
        ("Owner", *(f"#{word_of_scheme(one.scheme)}" for one in answer.schemes)),
        (
            (
                texts.operator_text(answer.network, owner),
                *(f"{lost.get(owner, 0.0):,.1f}" for lost in last),
            )
            for owner in owners
        ),
    )
