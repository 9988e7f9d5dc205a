"""Records as text and as rows, and back."""

import json
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.adapters.store.codec import record_from_text, text_from_record
from karakoram.adapters.store.rows import (
    cells_from_claim,
    cells_from_entry,
    cells_from_record,
    cells_from_resource,
    claim_from_cells,
    entry_from_cells,
    resource_from_cells,
)
from karakoram.adapters.store.tables import RECORD_TABLES
from karakoram.core.errors import RefusedError
from karakoram.sales.inventory.resources import Claim, PlannedClaim, Resource
from karakoram.sales.parties import Party
from karakoram.sales.plans import PlanLabel, PlanMeasures, ServicePlan
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import QuoteOffer
from karakoram.usecases.sell.sales_ports import identifier
from tests.support.sales_records import any_value, buyer, entry, qualification


@pytest.mark.parametrize("kind", [*RECORD_TABLES, PlannedClaim])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_is_written_reads_back_the_same(kind, seed):
    record = any_value(kind, Random(seed))
    text = text_from_record(record)
    assert "\n" not in text
    assert record_from_text(kind, text) == record


@given(seed=st.integers(0, 2**32))
def test_rows_read_back_as_what_they_were(seed):
    rng = Random(seed)
    resource, claim = any_value(Resource, rng), any_value(Claim, rng)
    assert resource_from_cells(cells_from_resource(resource)) == resource
    assert claim_from_cells(cells_from_claim(claim)) == claim
    assert entry_from_cells(cells_from_entry(entry(detail=str(seed)))) == entry(detail=str(seed))


def test_a_set_of_units_may_be_longer_than_any_number_of_json():
    record = PlannedClaim(resource_id="block", units=(1 << 1_000_000) - 1, claimant_id=None)
    assert record_from_text(PlannedClaim, text_from_record(record)) == record


def test_a_plan_from_before_its_figures_were_marked_still_reads():
    old = '{"length_km":1.0,"latency_ms":0.005,"availability":null,"gsnr_margin_db":null,'
    measures = record_from_text(PlanMeasures, f'{old}"shared_risks":[]}}')
    assert measures == PlanMeasures(length_km=1.0, latency_ms=0.005)


def test_an_offer_is_written_as_stores_have_always_had_it():
    plan = ServicePlan(claims=(), legs=(), charges=(), ways=(("A", "Z"),))
    labels = (PlanLabel.CHEAPEST, PlanLabel.LOWEST_LATENCY)
    offer = QuoteOffer(offer_id="o", labels=labels, plan=plan, currency="USD")
    text = text_from_record(offer)
    written = json.loads(text)
    assert written["label"] == offer.label == "cheapest, lowest latency"
    assert written["plan"]["way"] == [["A", "Z"]]
    assert not {"labels", "ways"} & {*written, *written["plan"]}
    assert record_from_text(QuoteOffer, text) == offer


def test_a_label_that_is_none_is_no_offer():
    plan = ServicePlan(claims=(), legs=(), charges=())
    offer = QuoteOffer(offer_id="o", labels=(PlanLabel.SHORTEST,), plan=plan, currency="USD")
    with pytest.raises(RefusedError, match="no QuoteOffer: label"):
        record_from_text(QuoteOffer, text_from_record(offer).replace("shortest", "second"))


def test_a_moment_elsewhere_is_the_same_moment():
    there = datetime(2026, 11, 28, 17, tzinfo=timezone(timedelta(hours=5)))
    written = qualification(made_at=there)
    read = record_from_text(Qualification, text_from_record(written))
    assert read == written
    assert read.made_at == datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"party_id": 1}'])
def test_text_that_is_no_record_is_refused(text):
    with pytest.raises(RefusedError, match="no Party"):
        record_from_text(Party, text)


def test_a_set_of_units_is_no_plain_number():
    text = text_from_record(PlannedClaim(resource_id="r", units=255, claimant_id=None))
    assert '"units":"ff"' in text
    with pytest.raises(RefusedError, match=r"units: .*hexadecimal"):
        record_from_text(PlannedClaim, text.replace('"ff"', "255"))


def test_what_is_asked_for_stands_in_columns_of_its_own():
    cells = cells_from_record(qualification())
    assert (cells["id"], cells["buyer_id"], cells["external_id"]) == ("q1", "CT", "ext")
    assert cells["state"] is None
    assert identifier(buyer("X")) == "X"
