from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.network.changes import ChangeSet, Removal, changed, difference
from karakoram.network.records import Status
from karakoram.network.validate import validate
from tests.support.networks import small_folder_network


@pytest.fixture(scope="module")
def before():
    return small_folder_network()


def test_a_changed_record_replaces_the_one_with_its_identifier(before):
    span = next(iter(before.spans.values()))
    cut = replace(span, status=Status.RETIRED)
    after = changed(before, ChangeSet(put=(cut,)))
    assert after.spans[span.span_id].status is Status.RETIRED
    assert before.spans[span.span_id].status is not Status.RETIRED
    assert list(after.spans) == list(before.spans)


def test_a_record_can_be_taken_out_and_validation_says_what_hung_on_it(before):
    site_id = next(iter(before.spans.values())).a_site_id
    after = changed(before, ChangeSet(removed=(Removal(table="sites", record_id=site_id),)))
    assert site_id not in after.sites
    assert "unknown-site" in {finding.code for finding in validate(after)}


@pytest.mark.parametrize(
    ("removal", "said"),
    [
        (Removal(table="spans", record_id="NO-SUCH"), "'NO-SUCH' is not in spans"),
        (
            Removal(table="span", record_id="A"),
            "'span' is no table of a network. Did you mean spans",
        ),
    ],
)
def test_what_is_not_there_cannot_be_removed(before, removal, said):
    with pytest.raises(NotFoundError, match=said):
        changed(before, ChangeSet(removed=(removal,)))


def test_the_difference_of_two_networks_makes_one_of_the_other(before):
    span = next(iter(before.spans.values()))
    price = next(iter(before.prices))
    after = changed(
        before,
        ChangeSet(
            put=(replace(span, length_km=span.length_km + 1.0),),
            removed=(Removal(table="prices", record_id=price),),
        ),
    )
    found = difference(before, after)
    assert len(found.put) == len(found.removed) == 1
    assert changed(before, found) == after
    assert difference(after, after) == ChangeSet()


def test_a_network_differs_from_an_empty_one_by_every_record(before):
    empty = changed(
        before,
        ChangeSet(
            removed=tuple(Removal(table="spans", record_id=span_id) for span_id in before.spans)
        ),
    )
    assert len(difference(empty, before).put) == len(before.spans)
