from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from karakoram import bootstrap
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.network.risk_tokens import RiskKey
from karakoram.usecases.plan.leg_ports import KeySource, LegFile
from karakoram.usecases.plan.offer_legs import OfferKeys, OfferQuestion, offer_legs
from karakoram.usecases.plan.route_legs import LegsQuestion, route_legs
from tests.support.legs import DAY, KEY, OTHER_KEY, keyed_leg, leg, placed
from tests.support.planning_networks import fibre, network_of
from tests.support.ports import GivenNetwork, StoppedClock


@dataclass
class KeptLegs:
    """A file that gives what it was given, and keeps what is written."""

    legs: list = field(default_factory=list)
    findings: tuple = ()
    kept: list = field(default_factory=list)

    def read_legs(self):
        return tuple(self.legs), self.findings

    def write_legs(self, legs):
        self.kept.append(legs)


@dataclass
class GivenKey:
    """Who keeps a key."""

    key: RiskKey = KEY

    def read_key(self):
        return self.key


NETWORK = network_of(
    fibre("A", "M", 10.0, operator="PAR"),
    fibre("M", "Z", 10.0, operator="PAR"),
    fibre("A", "H", 10.0, operator="ME"),
    fibre("Z", "H", 10.0, operator="ME"),
    meetings=[("A", "ME", "PAR"), ("Z", "ME", "PAR")],
)


def offer(target=None, keys=None, **words):
    return offer_legs(
        OfferQuestion(**{"operator": "PAR", "bit_rate": "100G", **words}),
        networks=GivenNetwork(NETWORK),
        clock=StoppedClock(),
        keys=keys or OfferKeys(),
        target=target,
    )


def route(*files, **words):
    return route_legs(
        LegsQuestion(**{"a_site": "A", "z_site": "Z", **words}),
        sources=files,
        clock=StoppedClock(),
    )


def refusals(ask, *things, **words):
    with pytest.raises(InvalidDataError) as refused:
        ask(*things, **words)
    return [(finding.place.field, finding.message) for finding in refused.value.findings]


def test_stand_ins_are_what_the_use_cases_ask_for(tmp_path):
    assert isinstance(KeptLegs(), LegFile)
    assert isinstance(GivenKey(), KeySource)
    assert isinstance(bootstrap.legs_file(tmp_path), LegFile)
    assert isinstance(bootstrap.key_file(tmp_path), KeySource)


def test_what_is_offered_is_written_as_it_is_told():
    target = KeptLegs()
    found = offer(target, OfferKeys(shared=GivenKey()))
    assert target.kept == [found.legs]
    assert found.points == ("A", "Z")
    assert {one.offered_on for one in found.legs} == {DAY}
    assert found.legs[0].key_fingerprint == KEY.fingerprint


def test_what_is_asked_for_is_told():
    found = offer(
        keys=OfferKeys(shared=GivenKey(), padding=GivenKey(OTHER_KEY)),
        at=("M town",),
        on_day=date(2026, 12, 1),
        valid_to=date(2027, 1, 1),
        tells_length=True,
        padded_to=40,
    )
    assert found.points == ("A", "M", "Z")
    one = found.legs[0]
    assert (one.offered_on, one.valid_to) == (date(2026, 12, 1), date(2027, 1, 1))
    assert one.length_km == pytest.approx(10.0)
    assert len(one.risk_tokens) == 40


def test_every_word_that_means_nothing_is_told_at_once():
    found = refusals(offer, operator="PAX", bit_rate="fast", at=("Q",), padded_to=4)
    assert [where for where, _ in found] == ["operator", "bit_rate", "at", "pad", "pad"]


def test_a_padding_key_that_pads_nothing_is_refused():
    keys = OfferKeys(shared=GivenKey(), padding=GivenKey())
    assert [where for where, _ in refusals(offer, keys=keys)] == ["padding_key_file"]


def test_a_point_where_the_operator_is_not_is_refused():
    ((where, message),) = refusals(offer, at=("H",))
    assert (where, message.partition(";")[0]) == ("at", "PAR has no span in service at H")


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ({"ways": 0}, "ways"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to"),
        ({"padded_to": 0}, "pad"),
    ],
)
def test_a_number_or_day_that_means_nothing_is_refused(words, where):
    keys = OfferKeys(shared=GivenKey(), padding=GivenKey() if "padded_to" in words else None)
    assert [field for field, _ in refusals(offer, keys=keys, **words)] == [where]


def test_legs_of_several_files_make_a_way():
    nor = KeptLegs(placed(keyed_leg("NOR", "A", "B", z_to=["SUD"])))
    sud = KeptLegs(placed(keyed_leg("SUD", "B", "Z", a_to=["NOR"])))
    found = route(nor, sud, a_site="a", by="latency", disjoint=True)
    assert [way.site_ids for way in found.answer.ways] == [("A", "B", "Z")]
    assert found.question.on_day == DAY
    assert found.warnings == ()


def test_findings_of_all_files_are_told_at_once():
    wrong = Finding(code="x", place=Place(table="nor"), message="cannot be read; mend it")
    nor = KeptLegs(placed(keyed_leg("NOR", "A", "B")), findings=(wrong,))
    sud = KeptLegs(placed(keyed_leg("SUD", "B", "Z", key=OTHER_KEY)))
    with pytest.raises(InvalidDataError) as refused:
        route(nor, sud)
    assert [finding.code for finding in refused.value.findings] == ["x", "key-mismatch"]


def test_warnings_do_not_keep_from_an_answer():
    one = keyed_leg("NOR", "A", "Z")
    late = replace(one, leg_id="late", offered_on=date(2027, 1, 1), latency_ms=0.5)
    found = route(KeptLegs(placed(one, late)))
    assert [finding.code for finding in found.warnings] == ["not-valid"]
    assert found.answer.left_out == ("late",)


def test_points_and_words_that_mean_nothing_are_told_at_once():
    found = refusals(
        route, KeptLegs(placed(leg("NOR", "A", "Zed"))), z_site="Zet", by="colour", include=("?",)
    )
    assert [where for where, _ in found] == ["z_site", "by", "include"]
    assert "no leg begins or ends at 'Zet'; the points are A, Zed" in found[0][1]


@pytest.mark.parametrize(("words", "where"), [({"k": 0}, "k"), ({"z_site": "A"}, "z_site")])
def test_a_question_that_contradicts_itself_is_refused(words, where):
    files = KeptLegs(placed(leg("NOR", "A", "Z")))
    assert [field for field, _ in refusals(route, files, **words)] == [where]
