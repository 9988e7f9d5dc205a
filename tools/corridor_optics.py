"""Write the page on the light of the reference corridor: ``make corridor-optics``.

Every figure of ``docs/corridor-optics.md`` comes from the program; a test compares.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from karakoram.adapters.formats.network_folder import read_network
from karakoram.adapters.formats.report.launch_svg import launch_svg
from karakoram.core.identifiers import SiteId
from karakoram.core.units import db_from_linear
from karakoram.network.network import Network
from karakoram.network.sections import multiplex_sections
from karakoram.planning.best_launch_plant import best_launch_plant
from karakoram.planning.lightpaths import LightpathChoice, reach_shares
from karakoram.planning.offers import Lightpath
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.path_plan import lines_of
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.planning.route_answers import Route, RouteQuestion
from karakoram.planning.routes import find_routes
from karakoram.planning.section_launch import (
    BandPlan,
    LaunchAim,
    SectionLaunch,
    section_batch,
    section_launch,
)
from karakoram.planning.section_plans import CONFIDENCE, ModeOutcome, SectionPlan, section_plans
from karakoram.refdata.corridor import corridor_folder
from karakoram.refdata.optical_planning import read_optical_bands, read_optical_uncertainties

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "corridor-optics.md"
PICTURE = DOCS / "pictures" / "corridor-launch.svg"

BIT_RATES_GBPS = (400.0, 800.0)
WAYS = (("URC", "RWP"), ("RWP", "KHI"), ("URC", "KHI"), ("KHI", "MRS"))
"""Between the ends of the corridor's parts; Karachi to Marseille runs in the sea and over Egypt."""

_DAY = date(2026, 11, 22)
"""Routes by length do not depend on it."""


def corridor_optics() -> tuple[str, str]:
    """The page in Markdown and its picture, as the program makes them today."""
    network = read_network(corridor_folder())
    plans = {
        band: section_plans(network, band=band, bit_rates_gbps=BIT_RATES_GBPS) for band in BandPlan
    }
    launches = _launches(network)
    best = launches[BandPlan.C, LaunchAim.MARGIN]
    page = "\n".join(
        (
            *_head(),
            *_basis(),
            *_gains(launches),
            *_section_tables(plans),
            *_owners(plans),
            *_regenerators(network),
        )
    )
    return page + "\n", launch_svg(best, int(_gain_db(best).argmax()))


def main() -> None:
    """Write the page and its picture anew."""
    page, picture = corridor_optics()
    PICTURE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    PICTURE.write_text(picture, encoding="utf-8")


def _head() -> Iterator[str]:
    yield "# Light on the corridor"
    yield ""
    yield "<!-- Written by tools/corridor_optics.py (make corridor-optics); do not edit. -->"
    yield ""
    yield (
        "What every multiplex section on land (ROADM to ROADM) carries at 400G and 800G in the C "
        "band and in C+L, what launch powers at their best bring over the power rule, what a "
        "fibre pair of each operator carries, and where regenerators go. The program writes this "
        "page (`make corridor-optics`), and a test compares it with what the program writes today. "
        "Ask for any section with `karakoram optics optimise --section A-Z` "
        "([reference](reference/cli.md)); the methods are in "
        "[theory/launch-power.md](theory/launch-power.md)."
    )
    yield ""
    yield (
        "Every slot of the band is lit. GSNR is that of the worst channel in the worse direction, "
        "in the signal bandwidth, noise of transmitter, add and drop included. A mode counts where "
        f"its margin is not negative with {CONFIDENCE:.0%} confidence; dispersion and PMD are "
        "within what the receiver bears."
    )
    yield ""


def _basis() -> Iterator[str]:
    yield "## What the margins rest on"
    yield ""
    yield "Spreads are standard deviations around the plan, independent of each other."
    yield ""
    yield "| Uncertainty | Mean shift | Spread, each piece | Spread, in common | Known how |"
    yield "|---|--:|--:|--:|---|"
    for one in read_optical_uncertainties():
        unit = "dB/km" if one.figure.value == "fibre_loss" else "dB"
        yield _row(
            one.name,
            f"{one.shift:g} {unit}",
            f"{one.own_spread:g} {unit}",
            f"{one.common_spread:g} {unit}",
            f"{one.provenance.confidence.value}: {one.provenance.source}; {one.provenance.note}",
        )
    yield ""
    yield "| Band in C+L | THz | Noise figure | Power at most | Known how |"
    yield "|---|---|--:|--:|---|"
    for band in read_optical_bands():
        yield _row(
            band.optical_band_id,
            f"{band.lower_thz:g}-{band.upper_thz:g}",
            f"+{band.noise_figure_extra_db:g} dB",
            f"{band.output_power_dbm_max:g} dBm",
            f"{band.provenance.confidence.value}; {band.provenance.note}",
        )
    yield ""
    yield (
        "With the C band alone the amplifiers are those of the network, whose gain is flat: the "
        "tilt that Raman scattering leaves grows from span to span, and launch powers are tilted "
        "against it."
    )
    yield ""


def _launches(network: Network) -> dict[tuple[BandPlan, LaunchAim], SectionLaunch]:
    ways = [
        way
        for one in multiplex_sections(network)
        if one.submarine_cable_id is None
        for way in (one, one.reversed())
    ]
    return {
        (band, aim): section_launch(
            section_batch(network, ways, band=band, spacing_ghz=150.0), aim=aim
        )
        for band in BandPlan
        for aim in LaunchAim
    }


def _gains(launches: Mapping[tuple[BandPlan, LaunchAim], SectionLaunch]) -> Iterator[str]:
    best = launches[BandPlan.C, LaunchAim.MARGIN]
    where = best.batch.oms[int(_gain_db(best).argmax())]
    count = len(best.batch.oms)
    yield "## What launch powers at their best bring"
    yield ""
    yield (
        f"Over the power rule, on {count} directed sections with slots of 150 GHz, terminals left "
        "out. The last column counts the sections where an amplifier's power is used up."
    )
    yield ""
    yield (
        "| Band | Made best | Worst channel, mean | Worst channel, most | Mean channel, mean "
        "| Mean channel, most | Shannon's bound, mean | Power used up |"
    )
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for (band, aim), launch in launches.items():
        worst_db = _gain_db(launch)
        mean_db = db_from_linear(launch.plan.gsnr / launch.rule_gsnr).mean(axis=1)
        bound = np.log1p(launch.plan.gsnr).sum(axis=1) / np.log1p(launch.rule_gsnr).sum(axis=1)
        used_up = int((launch.plan.power_price > 0.0).any(axis=1).sum())
        yield _row(
            band.value,
            {LaunchAim.MARGIN: "worst channel", LaunchAim.SHANNON: "Shannon's bound"}[aim],
            f"{_signed(float(worst_db.mean()))} dB",
            f"{_signed(float(worst_db.max()))} dB",
            f"{_signed(float(mean_db.mean()))} dB",
            f"{_signed(float(mean_db.max()))} dB",
            f"{100.0 * float(bound.mean() - 1.0):+.1f} %",
            f"{used_up} of {count}",
        )
    yield ""
    yield f"Most is gained from {where.a_site_id} to {where.z_site_id}, {where.length_km:.0f} km:"
    yield ""
    yield (
        f"![Launch power and GSNR of every channel from {where.a_site_id} to {where.z_site_id}, by "
        "the power rule and at their best](pictures/corridor-launch.svg)"
    )
    yield ""


def _section_tables(plans: Mapping[BandPlan, Sequence[SectionPlan]]) -> Iterator[str]:
    for band, of_band in plans.items():
        yield f"## Sections in the {band.value} band"
        yield ""
        yield (
            "| Section | Operator | km | 400G mode | GSNR by rule | at best | margin "
            f"{CONFIDENCE:.0%} | Tbit/s | 800G mode | GSNR by rule | at best | margin "
            f"{CONFIDENCE:.0%} | Tbit/s |"
        )
        yield "|---|---|--:|---|--:|--:|--:|--:|---|--:|--:|--:|--:|"
        for plan in sorted(of_band, key=_section_name):
            modes = (plan.by_bit_rate_gbps[bit_rate_gbps] for bit_rate_gbps in BIT_RATES_GBPS)
            yield _row(
                _section_name(plan),
                ", ".join(plan.operator_ids),
                f"{plan.oms.length_km:.0f}",
                *(cell for mode in modes for cell in _mode_cells(mode)),
            )
        yield ""


def _mode_cells(mode: ModeOutcome) -> tuple[str, ...]:
    return (
        mode.transceiver_mode_id,
        f"{mode.rule_gsnr_db:.2f}",
        f"{mode.gsnr_db:.2f}",
        _signed(mode.margin_db_at_confidence),
        f"{mode.fibre_pair_tbps:.1f}" if mode.closes else "-",
    )


def _owners(plans: Mapping[BandPlan, Sequence[SectionPlan]]) -> Iterator[str]:
    yield "## What a fibre pair carries, by operator"
    yield ""
    yield (
        "The most that 400G or 800G modes carry on each section; least, and mean by kilometre. The "
        "last column counts the sections that 800G crosses, in C and in C+L."
    )
    yield ""
    yield (
        "| Operator | Sections | km | C: least | C: mean | C+L: least | C+L: mean "
        "| 800G in C, C+L |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    operators = dict.fromkeys(one for plan in plans[BandPlan.C] for one in plan.operator_ids)
    for operator in sorted(operators):
        of_band = {
            band: [plan for plan in every if operator in plan.operator_ids]
            for band, every in plans.items()
        }
        own = of_band[BandPlan.C]
        yield _row(
            operator,
            str(len(own)),
            f"{sum(plan.oms.length_km for plan in own):,.0f}",
            *(cell for every in of_band.values() for cell in _carried(every)),
            ", ".join(
                str(sum(plan.by_bit_rate_gbps[800.0].closes for plan in every))
                for every in of_band.values()
            ),
        )
    yield ""


def _carried(plans: Sequence[SectionPlan]) -> tuple[str, str]:
    """Least and mean of what a fibre pair carries."""
    km = sum(plan.oms.length_km for plan in plans)
    mean = sum(plan.fibre_pair_tbps * plan.oms.length_km for plan in plans) / km
    least = min(plan.fibre_pair_tbps for plan in plans)
    return f"{least:.1f} Tbit/s", f"{mean:.1f} Tbit/s"


def _regenerators(network: Network) -> Iterator[str]:
    prepared = prepare(network)
    yield "## Where regenerators go"
    yield ""
    yield (
        f"On the shortest way, with the fewest transceivers, {network.rules.margin_db.value:g} dB "
        "of margin (`rules.margin_db`), C band, full load. A regenerator stands where lightpaths "
        "meet; the mode of each stands after the site where it begins. Submarine lines stay as "
        "their systems are."
    )
    yield ""
    yield "| Way | km | Service | Launch powers | Regenerators | Lightpaths |"
    yield "|---|--:|--:|---|--:|---|"
    for a_site_id, z_site_id in WAYS:
        yield from _way(prepared, SiteId(a_site_id), SiteId(z_site_id))
    yield ""


def _way(prepared: PreparedNetwork, a_site_id: SiteId, z_site_id: SiteId) -> Iterator[str]:
    network = prepared.network
    question = RouteQuestion(a_site_id=a_site_id, z_site_id=z_site_id, k=1, on_day=_DAY)
    (route, *_) = find_routes(prepared, question).routes
    lines = _lines(prepared, route)
    better = best_launch_plant(prepared.plant, network, lines)
    plants = (
        ("power rule", prepared.plant, prepared.reach_shares),
        ("at best", better, reach_shares(better, network)),
    )
    for bit_rate_gbps in BIT_RATES_GBPS:
        for words, plant, shares in plants:
            lit = LightpathChoice(
                plant, network, reach_shares=shares, bit_rate_gbps=bit_rate_gbps
            ).lightpaths(lines)
            yield _row(
                f"{a_site_id}-{z_site_id}",
                f"{route.length_km:,.0f}",
                f"{bit_rate_gbps:.0f}G",
                words,
                "-" if lit is None else str(len(lit) - 1),
                "no mode crosses some line" if lit is None else _chain(lit),
            )


def _lines(prepared: PreparedNetwork, route: Route) -> tuple[LineKey, ...]:
    lines = lines_of(prepared, route.span_ids, start=route.site_ids[0])
    assert lines is not None, "the ways of the page begin and end at ROADMs"
    return lines


def _chain(lit: Iterable[Lightpath]) -> str:
    """Sites where lightpaths begin, each with wavelengths and mode, and the last site."""
    every = tuple(lit)
    parts = [f"{one.a_site_id} ({one.wavelengths} x {one.transceiver_mode_id})" for one in every]
    return ", ".join((*parts, every[-1].z_site_id))


def _gain_db(launch: SectionLaunch) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What the worst channel of each section gains [dB]."""
    gained = launch.plan.gsnr.min(axis=1) / launch.rule_gsnr.min(axis=1)
    return np.asarray(db_from_linear(gained))


def _section_name(plan: SectionPlan) -> str:
    return f"{plan.oms.a_site_id}-{plan.oms.z_site_id}"


def _signed(value_db: float) -> str:
    """Two decimals with a sign; nothing is -0.00."""
    return f"{round(value_db, 2) + 0.0:+.2f}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


if __name__ == "__main__":
    main()
