"""The main job through the command line, on the reference corridor."""

import json

import pytest

from tests.support.command_line import karakoram


@pytest.fixture(scope="module")
def protected():
    return karakoram("design", "URC", "MRS", "--bit-rate", "400G", "--protection", "1+1")


@pytest.fixture(scope="module")
def payload():
    answer = karakoram("design", "Urumqi", "marseille", "--protection", "1+1", "--json")
    assert answer.code == 0
    assert answer.err == ""
    return json.loads(answer.out)


def test_three_offers_are_printed(protected):
    assert protected.code == 0
    assert protected.err == ""
    for label in ("CHEAPEST", "LOWEST LATENCY", "MOST DIVERSE"):
        assert label in protected.out


def test_the_answer_names_operators_lightpaths_prices_and_assumptions(protected):
    for fact in (
        "China Telecom",
        "Special Communications",
        "One Network",
        "Working path",
        "Protection path",
        "Price by operator [USD]",
        "What is assumed",
        "Regenerators:",
    ):
        assert fact in protected.words


def test_the_common_weather_of_babusar_and_the_kkh_is_named(protected):
    assert "Monsoon storms that cut KKH" in protected.words


def test_names_mean_the_same_as_identifiers(payload):
    assert (payload["request"]["a"], payload["request"]["z"]) == ("URC", "MRS")


def test_the_two_paths_land_with_two_parties(payload):
    for offer in payload["offers"]:
        landed = [
            {site for site in path["sites"] if site.startswith("CLS-")} for path in offer["paths"]
        ]
        assert landed[0].isdisjoint(landed[1])


def test_the_paths_of_an_offer_begin_and_end_where_they_should(payload):
    for offer in payload["offers"]:
        assert [path["role"] for path in offer["paths"]] == ["working", "protection"]
        for path in offer["paths"]:
            assert (path["sites"][0], path["sites"][-1]) == ("URC", "MRS")
            assert len(path["sites"]) == len(path["spans"]) + 1
            assert sum(leg["length_km"] for leg in path["legs"]) == pytest.approx(path["length_km"])


def test_every_lightpath_closes_with_the_margin_asked_for(payload):
    for offer in payload["offers"]:
        for path in offer["paths"]:
            ends = [(light["from"], light["to"]) for light in path["lightpaths"]]
            assert [to for _, to in ends[:-1]] == path["regenerators"]
            for light in path["lightpaths"]:
                assert light["margin_db"] >= light["margin_db_min"]


def test_offers_keep_what_their_labels_promise(payload):
    offers = {offer["label"]: offer for offer in payload["offers"]}
    assert set(offers) == {"cheapest", "lowest latency", "most diverse"}

    def over_term(offer):
        return offer["price"]["mrc_minor"] * 36 + offer["price"]["nrc_minor"]

    def slowest_ms(offer):
        return max(path["latency_ms"] for path in offer["paths"])

    assert over_term(offers["cheapest"]) == min(map(over_term, offers.values()))
    assert slowest_ms(offers["lowest latency"]) == min(map(slowest_ms, offers.values()))


def test_the_split_by_operator_is_exact(payload):
    for offer in payload["offers"]:
        price = offer["price"]
        for charge in ("mrc_minor", "nrc_minor"):
            assert sum(share[charge] for share in price["split"]) == price[charge]


def test_what_is_avoided_is_not_used():
    answer = karakoram("design", "Rawalpindi", "Marseille", "--avoid", "PEACE", "--json")
    spans = [
        span for o in json.loads(answer.out)["offers"] for p in o["paths"] for span in p["spans"]
    ]
    assert answer.code == 0
    assert spans
    assert not any(span.startswith("PEACE") for span in spans)


def test_the_working_path_passes_where_it_should():
    answer = karakoram("design", "Gilgit", "Karachi", "--via", "Faisalabad", "--json")
    assert answer.code == 0
    for offer in json.loads(answer.out)["offers"]:
        assert "FSD" in offer["paths"][0]["sites"]


def test_an_infeasible_service_says_why_and_what_would_help():
    answer = karakoram("design", "URC", "MRS", "--latency-ms-max", "10")
    assert answer.code == 1
    assert "Infeasible" in answer.words
    assert "allow at least 68." in answer.words
    told = karakoram("design", "URC", "MRS", "--latency-ms-max", "10", "--json")
    payload = json.loads(told.out)
    assert told.code == 1
    assert payload["offers"] == []
    assert payload["infeasible"][0]["message"]


def test_every_wrong_word_is_told_at_once_with_near_misses():
    answer = karakoram("design", "Urumki", "MRS", "--avoid", "PEECE", "--bit-rate", "fast")
    assert answer.code == 2
    assert answer.out == ""
    assert "Did you mean URC (Urumqi)?" in answer.err
    assert "PEACE" in answer.err
    assert "400G or 0.4T" in answer.err


def test_a_wrong_word_with_json_is_told_as_json():
    answer = karakoram("design", "Urumki", "MRS", "--json")
    assert answer.code == 2
    assert answer.err == ""
    error = json.loads(answer.out)["error"]
    assert error["code"] == "bad-question"
    assert error["findings"][0]["field"] == "a_site"


@pytest.mark.parametrize(
    "arguments", [("design", "URC", "--json"), ("design", "URC", "MRS", "--bogus", "--json")]
)
def test_wrong_usage_with_json_is_told_as_json(arguments):
    answer = karakoram(*arguments)
    assert (answer.code, answer.err) == (2, "")
    assert json.loads(answer.out)["error"]["code"] == "usage"


def test_what_costs_most_and_the_price_of_the_term_are_told(protected, payload):
    (share, *_) = payload["offers"][0]["outage_shares"]
    assert "What takes it down most" in protected.words
    assert " ".join(share["name"].split()) in protected.words
    whole = payload["offers"][0]["price"]["over_term_minor"]
    assert f"USD {whole // 100:,}.{whole % 100:02d} (assumed) over 36 months" in protected.words


@pytest.mark.parametrize("columns", ["80", "120"])
def test_no_word_is_broken_on_a_narrow_screen(columns):
    text = karakoram("network", "show", COLUMNS=columns).out
    assert "(Khunjerab-Gwadar-Karachi)" in text
    assert max(map(len, text.splitlines())) <= int(columns)


@pytest.mark.parametrize(
    "arguments",
    [
        ("design",),
        ("design", "URC"),
        ("design", "URC", "MRS", "--bogus"),
        ("design", "URC", "MRS", "--term-months", "many"),
        ("design", "URC", "MRS", "--on", "2026-13-01"),
        ("routes", "URC", "KHI", "--disjoint", "colour"),
        ("bogus",),
    ],
)
def test_wrong_usage_is_exit_code_2_without_a_traceback(arguments):
    answer = karakoram(*arguments)
    assert answer.code == 2
    assert "Usage:" in answer.err
    assert "Traceback" not in answer.err


def test_the_report_is_one_page_that_needs_no_network(tmp_path):
    page = tmp_path / "answer.html"
    answer = karakoram("design", "Rawalpindi", "Karachi", "--report", page)
    assert answer.code == 0
    assert str(page) in answer.out
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert 'src="http' not in text


def test_a_report_that_cannot_be_written_is_one_message(tmp_path):
    answer = karakoram(
        "design", "Rawalpindi", "Karachi", "--report", tmp_path / "no" / "answer.html"
    )
    assert answer.code == 2
    assert answer.err.startswith("Error: ")
    assert "Traceback" not in answer.err


def test_explain_traces_every_figure_of_the_answer():
    told = json.loads(karakoram("design", "Rawalpindi", "Karachi", "--json").out)
    explained = karakoram("design", "Rawalpindi", "Karachi", "--explain")
    for figure in told["offers"][0]["figures"]:
        assert " ".join(figure["figure"].split()) in explained.words
    assert "WHERE THE FIGURES COME FROM" in explained.out


def test_output_without_unicode_loses_characters_and_nothing_else():
    answer = karakoram("design", "Rawalpindi", "Karachi", PYTHONIOENCODING="ascii")
    assert answer.code == 0
    assert "Traceback" not in answer.err
