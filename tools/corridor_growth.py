"""Write the page on growth of the reference corridor: ``make corridor-growth``.

Every figure of ``docs/corridor-growth.md`` comes from the program; a test compares.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from karakoram import bootstrap
from karakoram.adapters.formats.report.growth_svg import growth_svg
from karakoram.core.identifiers import OperatorId
from karakoram.core.provenance import Confidence
from karakoram.planning.restoration.growth import SchemeGrowth
from karakoram.usecases.simulate.failure_words import word_of_scheme
from karakoram.usecases.simulate.simulate_growth import (
    GrowthAnswer,
    GrowthQuestion,
    simulate_growth,
)

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "corridor-growth.md"
PICTURE = DOCS / "pictures" / "corridor-growth.svg"

SEED = 1
FAILURE_YEARS = 60.0
OWNERS_SHOWN = 6


def corridor_growth() -> tuple[str, str]:
    """The page in Markdown and its picture, as the program makes them today."""
    answer = simulate_growth(
        GrowthQuestion(failure_years=FAILURE_YEARS),
        networks=bootstrap.network_source(),
        rng=np.random.default_rng(SEED),
    )
    lines = (*_head(answer), *_full(answer), *_lost(answer), *_owners(answer), *_rests_on(answer))
    return "\n".join(lines) + "\n", growth_svg(answer)


def main() -> None:
    """Write the page and its picture anew."""
    page, picture = corridor_growth()
    PAGE.write_text(page, encoding="utf-8")
    PICTURE.write_text(picture, encoding="utf-8")


def _head(answer: GrowthAnswer) -> Iterator[str]:
    growth = answer.growth
    yield "# Growth of the corridor to 10 Tb/s"
    yield ""
    yield "<!-- Written by tools/corridor_growth.py (make corridor-growth); do not edit. -->"
    yield ""
    yield (
        f"Traffic grows from {growth.first_tbps:g} to {growth.last_tbps:g} Tb/s in {growth.years} "
        f"years, by the same factor each year, in wavelengths of {growth.wave_gbps:g} Gb/s that "
        f"are lit in turn between {len(answer.plant.pairs)} pairs: "
        f"{', '.join('-'.join(pair) for pair in answer.plant.pairs)}. Growth, pairs and the start "
        "are assumed, no forecast. Ask for your own with `karakoram simulate growth` "
        "([reference](reference/cli.md#karakoram-simulate-growth)); the method is in "
        "[theory/restoration.md](theory/restoration.md)."
    )
    yield ""
    picture = "pictures/corridor-growth.svg"
    yield f"![What is lost in a year, and how full the fullest section is]({picture})"
    yield ""


def _full(answer: GrowthAnswer) -> Iterator[str]:
    yield "## What is full first"
    yield ""
    yield _row(
        *("Scheme", "First wavelength without room", "Because of", "Owner", "Full"),
        f"Refused up to {answer.growth.last_tbps:g} Tb/s",
    )
    yield "|---|---|---|---|--:|--:|"
    for one in answer.schemes:
        refusal = one.first_refusal
        if refusal is not None:
            section = refusal.section
            yield _row(
                word_of_scheme(one.scheme),
                f"{'-'.join(refusal.pair)}, beyond {refusal.lit_tbps:g} Tb/s",
                section.resource.name,
                ", ".join(section.resource.owner_ids),
                f"{section.taken_share:.0%}",
                str(one.years[-1].refused),
            )
    yield ""


def _lost(answer: GrowthAnswer) -> Iterator[str]:
    yield "## What failures take, and what is saved"
    yield ""
    yield (
        f"Tb/s times hours in a year, ± what holds 95 of 100 such simulations of "
        f"{FAILURE_YEARS:g} years of failures."
    )
    yield ""
    words = [word_of_scheme(one.scheme) for one in answer.schemes]
    yield _row("Year", "Tb/s", *words, *(f"{word} saves" for word in words[1:]), "Fullest section")
    yield "|--:|--:|" + "--:|" * (2 * len(words) - 1) + "---|"
    bare = answer.schemes[0]
    for year in bare.years:
        losses = [one.years[year.year].loss for one in answer.schemes]
        yield _row(
            str(year.year),
            f"{year.asked_tbps:.2f}",
            *(f"{one.lost_tbps_h:,.0f} ± {one.lost_half_width_tbps_h:,.0f}" for one in losses),
            *(f"{1.0 - one.lost_tbps_h / losses[0].lost_tbps_h:.0%}" for one in losses[1:]),
            f"{year.fullest.resource.name}, {year.fullest.taken_share:.0%}",
        )
    yield ""


def _owners(answer: GrowthAnswer) -> Iterator[str]:
    yield "## By year and by whose glass is down"
    yield ""
    yield (
        "Tb/s times hours in a year: what is lost under "
        f"`{word_of_scheme(answer.schemes[0].scheme)}` / what is still lost under "
        f"`{word_of_scheme(answer.schemes[-1].scheme)}`."
    )
    yield ""
    bare, restored = answer.schemes[0], answer.schemes[-1]
    owners = list(bare.years[-1].loss.lost_by_owner_tbps_h)[:OWNERS_SHOWN]
    yield _row("Year", *owners, "others")
    yield "|--:|" + "--:|" * (len(owners) + 1)
    for year in range(answer.growth.years + 1):
        yield _row(str(year), *_shares(bare, restored, year=year, owners=owners))
    yield ""
    yield "Owners: " + "; ".join(_named(answer, owners)) + "."
    yield ""


def _shares(
    bare: SchemeGrowth, restored: SchemeGrowth, *, year: int, owners: Sequence[OperatorId]
) -> Iterator[str]:
    lost = [one.years[year].loss.lost_by_owner_tbps_h for one in (bare, restored)]
    for owner in owners:
        taken, left = (by_owner.get(owner, 0.0) for by_owner in lost)
        yield f"{taken:,.1f} / {left:,.1f}"
    rest = [sum(one.values()) - sum(one.get(owner, 0.0) for owner in owners) for one in lost]
    yield f"{rest[0]:,.1f} / {rest[1]:,.1f}"


def _named(answer: GrowthAnswer, owners: Sequence[OperatorId]) -> Iterator[str]:
    for owner in owners:
        known = answer.network.operators.get(owner)
        yield f"{owner} = {known.name if known is not None else owner}"


def _rests_on(answer: GrowthAnswer) -> Iterator[str]:
    rated = [one for one in answer.plant.components if one.failures_per_year > 0.0]
    assumed = sum(one.confidence is Confidence.ASSUMED for one in rated)
    yield "## What this rests on"
    yield ""
    yield (
        f"- Failures and repairs are those of [the packaged data](reference/data.md): rate or "
        f"repair time is assumed for {assumed} of {len(rated)} things that fail, the rest is "
        "stated or derived. Repair times are spread exponentially around their mean."
    )
    yield "- What a connection loses is borne in equal parts by what takes down its working path."
    for note in answer.plant.notes:
        yield f"- {note}"
    yield (
        "- Under `1+1` a second path is lit that shares the least with the first; under `dynamic` "
        "a way is looked for when it is needed. Over one fibre pair and so few ways both save "
        "the same: what is left is lost where no second way exists."
    )


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
