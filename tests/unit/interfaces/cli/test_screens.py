"""Screens are tested by the facts on them, wrapped or not: all white space counts as one blank."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.interfaces.cli.assumptions_screen import show_assumptions, show_figures
from karakoram.interfaces.cli.design_screen import (
    same_services,
    show_design,
    show_design_in_brief,
    show_infeasible,
)
from karakoram.interfaces.cli.findings_screen import FINDINGS_ON_SCREEN_MAX, show_findings
from karakoram.interfaces.cli.network_screen import show_summary
from karakoram.interfaces.cli.risks_screen import (
    OUTAGES_ON_SCREEN_MAX,
    RISKS_ON_SCREEN_MAX,
    show_outages,
    show_shared_risks,
)
from karakoram.interfaces.cli.routes_screen import show_routes
from karakoram.interfaces.cli.screen import screen
from karakoram.network.records import Status
from karakoram.network.sections import IN_SERVICE
from karakoram.network.summary import network_summary
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import (
    CUT_SHORT_SUBJECT,
    DiversityProof,
    DiversityScope,
    OfferLabel,
    OutageShare,
    TracedFigure,
)
from karakoram.planning.route_answers import RouteAnswer
from karakoram.usecases.plan.find_routes import RoutesAnswer
from tests.support.offers import (
    ASSUMED,
    infeasible_answer,
    route_answer,
    route_question,
    service_design,
    unprotected_design,
)
from tests.support.small_corridor import small_network

NETWORK = small_network()
DESIGN = service_design(NETWORK)


def shown(show, *arguments, width=100, **options):
    """What stands on a screen without colours, line by line."""
    file = StringIO()
    console = Console(file=file, width=width, markup=False, highlight=False, emoji=False)
    show(console, *arguments, **options)
    return file.getvalue()


def words(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def design_text():
    return shown(show_design, NETWORK, DESIGN)


def test_a_design_says_what_was_asked(design_text):
    first = words(design_text.partition("OFFER")[0])
    for fact in ("Urumqi (URC)", "Marseille (MRS)", "400G", "1+1", "2026-11-22", "36 months"):
        assert fact in first


def test_offers_stand_side_by_side_before_they_are_told_in_full(design_text):
    side_by_side = words(design_text.partition("OFFER")[0])
    for offer in DESIGN.offers:
        assert offer.label.value in side_by_side
        assert f"{str(offer.price.mrc).removeprefix('USD ')} (assumed)" in side_by_side
        assert f"{offer.paths[0].rtt_ms:.2f} / {offer.paths[1].rtt_ms:.2f}" in side_by_side
    glass = side_by_side.partition("glass by path, km")[2].partition("available")[0]
    assert glass.count("(assumed)") == len(same_services(DESIGN.offers))


@pytest.mark.parametrize("width", [80, 100])
def test_three_different_offers_stand_side_by_side_on_eighty_columns(width):
    first, _, last = DESIGN.offers
    other = replace(first, label=OfferLabel.LOWEST_LATENCY, unavailability=0.5)
    offers = tuple(
        replace(offer, price=replace(offer.price, nrc=Money(999_999_999, "USD")))
        for offer in (first, other, last)
    )
    text = shown(show_design, NETWORK, replace(DESIGN, offers=offers), width=width)
    lines = [words(line) for line in text.partition("OFFER")[0].splitlines()]
    once = lines.index("once, USD 9,999,999.99 9,999,999.99 9,999,999.99")
    assert lines[once + 1] == "(assumed) (assumed) (assumed)"
    assert any(line.startswith("available") and line.count("(assumed)") == 3 for line in lines)


def test_prices_are_told_with_the_term_and_their_confidence_beside_each_number(design_text):
    offer = DESIGN.offers[0]
    whole = Money(36 * offer.price.mrc.minor + offer.price.nrc.minor, "USD")
    headline = words(design_text.partition("OFFER: CHEAPEST")[2].partition("Working path")[0])
    assert f"{offer.price.mrc} (assumed) a month" in headline
    assert f"{offer.price.nrc} (assumed) once" in headline
    assert f"{whole} (assumed) over 36 months" in headline
    side_by_side = words(design_text.partition("OFFER")[0])
    assert f"over 36 months, USD {str(whole).removeprefix('USD ')} (assumed)" in side_by_side


def test_a_price_of_stated_lines_is_told_as_stated():
    offers = tuple(
        replace(
            offer,
            price=replace(
                offer.price,
                lines=tuple(
                    replace(line, confidence=Confidence.STATED) for line in offer.price.lines
                ),
            ),
        )
        for offer in DESIGN.offers
    )
    text = words(shown(show_design, NETWORK, replace(DESIGN, offers=offers)))
    assert f"{offers[0].price.mrc} (stated) a month" in text


def test_shared_risks_are_counted_by_what_they_are(design_text):
    side_by_side = words(design_text.partition("OFFER")[0])
    for counted in ("risk groups shared 1 1", "spans shared 1 1", "sites shared 1 1"):
        assert counted in side_by_side


def test_the_components_that_cost_most_are_named_with_minutes_share_and_confidence():
    first = DESIGN.offers[0]
    shares = tuple(
        OutageShare(
            component=f"span:{i}",
            name=f"fibre cut {i}",
            unavailable_min_per_year=100.0 * (OUTAGES_ON_SCREEN_MAX + 2 - i),
            confidence=Confidence.DERIVED,
        )
        for i in range(OUTAGES_ON_SCREEN_MAX + 2)
    )
    offer = replace(first, outage_shares=shares, unavailability=1_000.0 / MINUTES_PER_YEAR)
    text = words(shown(show_outages, offer))
    assert "fibre cut 0 500 50 % derived" in text
    assert f"fibre cut {OUTAGES_ON_SCREEN_MAX - 1} 300 30 % derived" in text
    assert f"fibre cut {OUTAGES_ON_SCREEN_MAX}" not in text
    assert "the next 2 are in --json and --report" in text


def test_few_components_leave_nothing_to_look_up(design_text):
    text = words(design_text)
    assert "What takes it down most" in text
    assert "Red Sea and the crossing of Egypt 180" in text
    assert "the next" not in text


def test_a_service_that_nothing_takes_down_says_so():
    offer = replace(DESIGN.offers[0], outage_shares=())
    assert "Nothing: no failure" in shown(show_outages, offer)


def test_what_the_method_assumes_is_told_once_and_whole():
    method = [
        TracedFigure(subject="method", figure=f"assumption {i}", provenance=ASSUMED)
        for i in range(6)
    ]
    offers = tuple(
        replace(offer, traced_figures=(*method, *offer.traced_figures)) for offer in DESIGN.offers
    )
    text = words(shown(show_design, NETWORK, replace(DESIGN, offers=offers)))
    _, _, told = text.partition("Assumed for every offer, what changes the answer most first")
    assert told.strip().startswith("1. assumption 0 2. assumption 1")
    for i in range(6):
        assert text.count(f"assumption {i}") == 1


def test_more_examples_say_where_they_are_shown():
    text = words(shown(show_assumptions, DESIGN.offers[0]))
    assert "and 6 more (--explain)" in text
    assert re.search(r"and \d+ more(?! \(--)", text) is None


def test_no_word_is_broken_on_eighty_columns():
    text = shown(show_summary, network_summary(NETWORK), width=80)
    wide = shown(show_summary, network_summary(NETWORK), width=200)
    assert set(re.split(r"[\s;:]+", wide)) - {"", "─"} <= set(re.split(r"[\s;:]+", text)) | {
        word for word in wide.split() if set(word) == {"─"} or word == "-"
    }


def test_labels_that_one_service_earns_are_told_once(design_text):
    assert "OFFER: CHEAPEST = LOWEST LATENCY" in design_text
    assert design_text.count("OFFER:") == 2


def test_a_path_that_was_told_already_is_not_told_again(design_text):
    second = words(design_text.partition("OFFER: MOST DIVERSE")[2])
    assert "the same as the working path of the offer cheapest = lowest latency" in second
    assert design_text.count("PEACE Cable International Special") == 0
    assert design_text.count("KHI-CLS-CYB") == 0


def test_a_route_is_told_by_operator_with_the_owner_of_leased_glass(design_text):
    text = words(design_text)
    assert "One Network, glass of" in text
    assert "by URC - KJB - GIL - CHL - BBS - MNS - RWP" in text
    assert "2,130.0" in text


def test_light_is_told_with_mode_gsnr_required_and_margin(design_text):
    line = next(line for line in design_text.splitlines() if "URC - RWP" in line)
    assert words(line) == "URC - RWP 2,941.2 400G DP-QPSK 130 GBd 1 x 150 19.20 9.30 9.90"
    assert "Regenerators: 2 at Rawalpindi (RWP), Karachi (KHI)" in words(design_text)


def test_shared_risks_are_named_with_what_their_figures_rest_on(design_text):
    text = words(design_text)
    assert "Babusar and Kohistan: one" in text
    assert "In all 1 risk group, 1 span, 1 site." in text
    assert "No two paths share less plant, i.e. spans and landing stations" in text
    assert "No two paths share less risk (proved by branching)" in text


def test_the_price_is_split_by_operator_with_its_total(design_text):
    text = words(design_text)
    assert "Price by operator [USD]" in text
    offer = DESIGN.offers[0]
    for share in offer.price.split:
        assert str(share.mrc).removeprefix("USD ") in text
    assert f"Total {str(offer.price.mrc).removeprefix('USD ')}" in text


def test_a_cheapest_that_is_not_proven_is_told_next_to_the_price(design_text):
    told = TracedFigure(subject=CUT_SHORT_SUBJECT, figure="of those tried", provenance=ASSUMED)
    first, *others = DESIGN.offers
    cut = replace(first, traced_figures=(*first.traced_figures, told))
    text = shown(show_design, NETWORK, replace(DESIGN, offers=(cut, *others)))
    side_by_side, _, in_full = text.partition("OFFER")
    assert "proven cheapest no: of those tried" in words(side_by_side)
    assert words(in_full).count("(cheapest of those tried, not proven)") == 1
    assert "proven" not in words(design_text)


def test_advice_and_the_meaning_of_assumed_end_the_answer(design_text):
    end = words(design_text[-600:])
    assert DESIGN.advice[0] in end
    assert "assumed = placeholder, replace before relying on it" in end


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_screen_and_no_figure_is_cut(width):
    text = shown(show_design, NETWORK, DESIGN, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text


def test_nothing_on_the_screen_is_a_colour_code(design_text):
    assert "\x1b" not in design_text


def test_without_protection_there_are_no_shared_risks():
    design = unprotected_design(NETWORK)
    text = shown(show_design, NETWORK, design)
    assert "OFFER: CHEAPEST = LOWEST LATENCY = MOST DIVERSE" in text
    assert "Risks that both paths share" not in text
    assert "Protection path" not in text


def test_every_wish_of_the_demand_is_told():
    demand = replace(
        DESIGN.demand,
        latency_ms_max=80.0,
        via_site_ids=("GIL", "RWP"),
        avoid=replace(DESIGN.demand.avoid, cable_ids=frozenset({"TW1"})),
        accepted_statuses=frozenset({Status.IN_SERVICE, Status.OPTION}),
    )
    text = words(shown(show_design, NETWORK, replace(DESIGN, demand=demand)))
    for fact in ("at most 80 ms one way", "via GIL, RWP", "avoiding TW1", "with option"):
        assert fact in text


def test_an_infeasible_service_shows_code_place_and_remedy():
    text = words(shown(show_infeasible, NETWORK, infeasible_answer()))
    for fact in ("Infeasible", "latency-bound", "URC-MRS", "allow at least 68.4 ms"):
        assert fact in text


def test_services_that_differ_in_anything_but_the_label_stay_apart():
    other = replace(DESIGN.offers[1], unavailability=0.5)
    labels = [label for label, _ in same_services((DESIGN.offers[0], other))]
    assert labels == ["cheapest", "lowest latency"]


def test_assumptions_are_counted_by_subject_money_first():
    text = words(shown(show_assumptions, DESIGN.offers[0]))
    assert text.index("price 8 of 8") < text.index("span length 1 of 13")
    assert "100 % of the monthly charge" in text
    assert "outage shares" not in text  # shares overlap, so parts of their sum mean nothing
    assert "failure rate" not in text


def test_an_offer_without_assumptions_says_so():
    stated = tuple(
        figure
        for figure in DESIGN.offers[0].traced_figures
        if figure.provenance.confidence is not Confidence.ASSUMED
    )
    offer = replace(DESIGN.offers[0], traced_figures=stated)
    assert "Nothing: every figure is stated or derived." in shown(show_assumptions, offer)


def test_every_figure_stands_once_under_its_source():
    text = words(shown(show_figures, DESIGN.offers))
    every = {figure for offer in DESIGN.offers for figure in offer.traced_figures}
    for figure in every:
        assert text.count(f"{figure.figure} - {figure.provenance.confidence.value}") == 1
        assert f"{figure.provenance.source} ({figure.provenance.source_date})" in text


def many_risks(number):
    risk = DESIGN.offers[0].shared_risks[0]
    return [
        replace(risk, risk_id=f"R{i}", name=f"risk {i}", unavailable_min_per_year=float(i))
        for i in range(number)
    ]


def test_the_costliest_risks_are_shown_and_the_rest_counted():
    text = words(shown(show_shared_risks, many_risks(RISKS_ON_SCREEN_MAX + 5), proof=None))
    assert f"risk {RISKS_ON_SCREEN_MAX + 4} same span" in text
    assert "risk 0 " not in text
    assert "and 5 more; --json shows all" in text
    assert "No two paths" not in text


def test_paths_that_share_nothing_say_so():
    assert "None." in shown(show_shared_risks, (), proof=None)


def test_a_search_that_was_cut_short_claims_no_proof():
    proof = DiversityProof(scope=DiversityScope.ALL_RISKS, prover="capped")
    text = words(shown(show_shared_risks, many_risks(2), proof=proof))
    assert "as far as the search went" in text
    assert "proved" not in text


def routes_found(answer, **changes):
    question = replace(route_question(), **changes)
    return RoutesAnswer(network=NETWORK, question=question, answer=answer)


def test_routes_show_sites_operators_and_the_pair():
    text = words(shown(show_routes, routes_found(route_answer(NETWORK))))
    assert "1 13,956.2 68.39 136.77 11 CT - SCO - ON - CYB - PEACE-CO assumed" in text
    assert "3: URC - KJB - GIL - CHL - DSU" in text
    assert "The two routes that share least risk" in text
    assert "NORTH-WEATHER" not in text
    assert "Babusar and Kohistan" in text


def test_no_route_and_no_pair_are_said():
    text = words(shown(show_routes, routes_found(RouteAnswer(routes=(), disjoint=None))))
    assert "There is no route" in text
    assert "There are no two routes." in text


def test_where_there_is_no_route_only_what_was_not_asked_for_is_proposed():
    none = RouteAnswer(routes=(), disjoint=None)
    every = frozenset(Status)
    told = {
        name: words(shown(show_routes, routes_found(none, **changes)))
        for name, changes in {
            "plain": {"accepted_statuses": IN_SERVICE, "avoid": Exclusions()},
            "wide": {"accepted_statuses": every, "avoid": Exclusions()},
            "avoiding": {
                "accepted_statuses": every,
                "avoid": Exclusions(operator_ids=frozenset({OperatorId("SCO")})),
            },
        }.items()
    }
    assert "There is no route; include what is option or planned, or add the" in told["plain"]
    assert "There is no route; add the spans" in told["wide"]
    assert "There is no route; avoid less, or add the spans" in told["avoiding"]


def test_a_pair_that_is_not_there_is_said_below_the_routes():
    answer = replace(route_answer(NETWORK), disjoint=None)
    text = words(shown(show_routes, routes_found(answer, disjoint=True)))
    assert "There are no two routes; " in text
    assert "There is no route" not in text


def test_a_network_without_description_and_landing_parties_shows_neither():
    summary = replace(network_summary(NETWORK), description=" ", landing_parties=())
    text = shown(show_summary, summary)
    assert "Landing parties" not in text
    assert text.splitlines()[2].strip().startswith("Prices in")


@pytest.mark.parametrize("columns", [40, 50])
def test_no_line_is_wider_than_a_narrow_window(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert screen().width == columns
    summary = shown(show_summary, network_summary(NETWORK), width=columns)
    routes = shown(show_routes, routes_found(route_answer(NETWORK)), width=columns)
    assert max(map(cell_len, (summary + routes).splitlines())) <= columns


def test_a_pair_of_one_way_says_so():
    answer = route_answer(NETWORK)
    pair = replace(answer.disjoint, routes=(answer.routes[0], answer.routes[0]))
    text = words(shown(show_routes, routes_found(replace(answer, disjoint=pair))))
    assert "only one way" in text
    assert "only one way" not in shown(show_routes, routes_found(answer))


def test_a_pair_that_was_not_asked_for_is_not_mentioned():
    answer = replace(route_answer(NETWORK), disjoint=None)
    text = shown(show_routes, routes_found(answer, disjoint=False))
    assert "share least risk" not in text


def test_a_network_shows_operators_cables_landing_parties_and_assumptions():
    text = words(shown(show_summary, network_summary(NETWORK)))
    for fact in (
        "Small corridor",
        "PEACE PEACE submarine in service 1 9,480.0 21,500.0",
        "Transworld TWA SMW5",
        "spans 15 0 14 1 7 %",
        "prices 8 0 0 8 100 %",
    ):
        assert fact in text


def findings(number, severity=Severity.ERROR):
    return tuple(
        Finding(
            code="test",
            place=Place(
                table="spans", record=f"A-{i}", field="length_km", file="spans.csv", row=i + 2
            ),
            message=f"length {i} is wrong; mend it",
            severity=severity,
        )
        for i in range(number)
    )


def test_a_finding_shows_file_row_record_field_and_what_is_wrong():
    text = words(shown(show_findings, findings(1), folder="net"))
    assert "net cannot be used: 1 error, 0 warnings" in text
    assert "error spans.csv row 2 A-0 length_km length 0 is wrong; mend it" in text


def test_warnings_alone_do_not_forbid_use():
    text = shown(show_findings, findings(2, Severity.WARNING), folder="net")
    assert "net can be used: 0 errors, 2 warnings" in text


def test_a_sound_folder_has_a_verdict_and_no_table():
    assert shown(show_findings, (), folder="net").strip() == (
        "net can be used: 0 errors, 0 warnings"
    )


def test_many_findings_are_capped_and_counted():
    text = words(shown(show_findings, findings(FINDINGS_ON_SCREEN_MAX + 3), folder="net"))
    assert "and 3 more; --json shows all" in text
    assert f"length {FINDINGS_ON_SCREEN_MAX} is wrong" not in text


def test_a_finding_about_a_whole_table_stands_without_row_and_record():
    finding = Finding(code="missing", place=Place(table="sites"), message="is missing; add it")
    assert "error sites is missing; add it" in words(shown(show_findings, (finding,), folder="net"))


def test_in_brief_offers_stand_side_by_side_without_their_ways():
    whole, brief = shown(show_design, NETWORK, DESIGN), shown(show_design_in_brief, NETWORK, DESIGN)
    assert "Worth knowing" in brief or not DESIGN.advice
    assert "Price by operator" in brief
    assert "a month" in brief
    assert "Working path" in whole
    assert "Working path" not in brief
    assert len(brief.splitlines()) < len(whole.splitlines()) / 2
