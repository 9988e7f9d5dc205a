"""How is a plan of regenerators shown to a person?"""

from rich.console import Console

from karakoram.engines.optimise import SiteSearch
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.regenerator_plan import PlannedDemand, PlanTotals, RegeneratorPlan
from karakoram.usecases.plan.plan_regenerators import RegeneratorAnswer


def show_regenerators(console: Console, found: RegeneratorAnswer) -> None:
    """Print how each demand is lit, where regenerators stand, and what is proven.

    Parameters
    ----------
    console
        Where to.
    found
        The answer.
    """
    plan = found.plan
    is_lit = any(one.path is not None for one in plan.demands)
    totals = (
        f"{texts.counted(plan.totals.transponders, 'transponder')}, regenerators at "
        f"{texts.counted(plan.totals.site_count, 'site')}, {_length_text(plan.totals)}"
    )
    show_lines(
        console,
        f"{texts.counted(len(plan.demands), 'demand')}: "
        + (totals if is_lit else "nothing can be lit"),
        indent=0,
    )
    show_table(
        console,
        ("From", "To", "#Gb/s", "#km", "#transponders", "Regenerated at", "#least margin dB"),
        map(_demand_row, plan.demands),
    )
    if any(one.path is None for one in plan.demands):
        show_lines(
            console,
            "none: over plant in service no path can be lit at this bit rate, or none with "
            "regenerators where they may stand; karakoram design says more of one demand",
        )
    if is_lit:
        _show_sites(console, found)
        _show_proof(console, plan)


def _demand_row(one: PlannedDemand) -> tuple[str, ...]:
    demand, path = one.demand, one.path
    ends = (demand.a_site_id, demand.z_site_id, f"{demand.bit_rate_gbps:g}")
    if path is None:
        return (*ends, "none", "none", "", "")
    return (
        *ends,
        texts.trusted(texts.km(path.length_km), path.length_confidence),
        str(path.transponders),
        " ".join(path.regenerator_site_ids) or "-",
        texts.trusted(
            f"{min(light.margin_db for light in path.lightpaths):.2f}", path.gsnr_confidence
        ),
    )


def _length_text(totals: PlanTotals) -> str:
    return texts.trusted(f"{texts.km(totals.length_km)} km", totals.length_confidence)


def _show_sites(console: Console, found: RegeneratorAnswer) -> None:
    if not found.plan.regenerators:
        return
    show_title(console, "Regenerators")
    show_table(
        console,
        ("Site", "#regenerators"),
        (
            (texts.site_text(found.network, site_id), str(count))
            for site_id, count in found.plan.regenerators.items()
        ),
    )


def _show_proof(console: Console, plan: RegeneratorPlan) -> None:
    alone = plan.one_by_one
    show_title(console, "How good it is")
    show_lines(
        console,
        f"Each demand on its shortest path, cut for itself alone: "
        f"{texts.counted(alone.transponders, 'transponder')}, regenerators at "
        f"{texts.counted(alone.site_count, 'site')}, {_length_text(alone)}",
    )
    among = f"over the {plan.paths_max} shortest paths of each demand"
    if plan.proven:
        verdict = f"Proven: no plan has fewer transponders, then sites, then km, {among}."
    else:
        verdict = (
            f"Transponders are proven the fewest {among}; with so few, at least "
            f"{texts.counted(plan.site_count_bound, 'site')} and "
            f"{texts.km(plan.length_km_bound)} km are needed, which is all that is proven."
        )
    show_lines(console, verdict)
    if plan.search is SiteSearch.GREEDY and not plan.proven:
        show_lines(
            console, "The exact search was too large or too slow; sites were left out one by one."
        )
