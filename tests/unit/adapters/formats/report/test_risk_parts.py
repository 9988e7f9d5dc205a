import pytest

from karakoram.core.identifiers import SpanId
from karakoram.core.provenance import Confidence
from karakoram.planning.offers import DiversityProof, DiversityScope, RiskSort, SharedRisk
from tests.support.markup import all_of, text_of, tree
from tests.support.report_pages import PAGES, ROOT, offer_page, rows_of, section_of, table_of


def test_shared_risks_are_named_with_minutes_and_standing():
    risks = rows_of(table_of(section_of(ROOT, "offer-1"), "Shared risk groups"))
    assert risks == [
        [
            "Babusar and Kohistan: one storm takes both",
            "CHL-BBS, BBS-MNS, CHL-DSU, DSU-MNS",
            "180",
            "assumed",
        ]
    ]
    assert "Babusar and Kohistan" in text_of(table_of(ROOT, "The services side by side"))


def test_a_group_without_failures_of_its_own_is_listed_apart():
    silent = SharedRisk(
        risk_id="PK-M5",
        name="M-5 duct",
        sort=RiskSort.RISK_GROUP,
        span_ids=tuple(map(SpanId, (f"SPAN-{i}" for i in range(9)))),
        unavailable_min_per_year=0.0,
        confidence=Confidence.DERIVED,
    )
    page = offer_page(shared_risks=(silent,))
    ((name, spans, lost, standing),) = rows_of(table_of(page, "Shared ground"))
    assert (name, lost, standing) == ("M-5 duct", "0", "derived")
    assert spans.endswith("SPAN-5 and 3 more")
    assert "Shared risk groups" not in {text_of(c) for c in all_of(page, "caption")}


@pytest.mark.parametrize(
    ("proof", "words"),
    [
        (
            DiversityProof(scope=DiversityScope.ALL_RISKS, prover="ilp"),
            "share less risk of any kind (plant, risk groups and sites): proven by an integer",
        ),
        (
            DiversityProof(scope=DiversityScope.PLANT, prover="capped"),
            "share less plant (spans and landing stations) among those searched",
        ),
    ],
)
def test_what_was_proven_is_said(proof, words):
    assert words in text_of(offer_page(diversity_proof=proof))


def test_a_disjoint_pair_says_that_nothing_is_shared():
    page = offer_page(shared_risks=(), diversity_proof=None)
    assert "No span, site or risk group takes both paths at once." in text_of(page)
    assert "none" in [row[1] for row in rows_of(table_of(page, "The services side by side"))]


def test_an_unprotected_service_shares_nothing_because_it_has_one_path():
    words = text_of(tree(PAGES["unprotected"]))
    assert "The service has one path, so every risk on it takes the service." in words
    assert "Protection path" not in words
    assert "unprotected" in words


def test_availability_is_split_by_component_with_its_share():
    outages = rows_of(table_of(section_of(ROOT, "offer-1"), "What costs most: 2 components"))
    assert outages[0] == ["China Telecom G314 URC-KJB", "700", "66.5 %", "stated"]
    assert outages[1][0] == "Red Sea and the crossing of Egypt RED-SEA"


def test_a_service_that_never_fails_divides_by_nothing():
    page = offer_page(unavailability=0.0, outage_shares=())
    assert "100 %" in text_of(page)
