import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.usecases.simulate.traffic_ports import TrafficTableSource
from karakoram.usecases.simulate.traffic_question import LightWords
from tests.support.traffic_answers import asked
from tests.support.traffic_files import BANDS, REACH, STUDY_REACH, answered, refused, written


def usable(tables=None, **question):
    if tables is None:
        return asked(**question).understood.usable
    return answered(tables, loads_erlang=(5.0,), **question).understood.usable


def test_bands_of_the_grid_are_slots_around_193_1_thz():
    assert (~usable(reserved=("-12:8",))[0]).nonzero()[0].tolist() == list(range(40, 48))
    assert (usable(reserved=("-12:8",)) == usable(reserved=("40-47",))).all()
    # an odd n and m of 4 covers halves of slots 47 and 51, and those are touched too
    assert (~usable(reserved=("-1:4",))[0]).nonzero()[0].tolist() == [47, 48, 49, 50, 51]
    assert (~usable(reserved=("0:100",))).all()
    assert (~usable(reserved=("7",))[0]).nonzero()[0].tolist() == [7]


def test_reserved_bands_are_told_on_the_grid_however_they_were_written():
    answer = asked(reserved=("40-47", "-12:8", "99"))
    assert [(one.n, one.m) for one in answer.understood.reserved] == [(-12, 8), (-12, 8), (99, 1)]


def test_a_band_of_one_section_is_reserved_there_alone(tmp_path):
    section_id = asked().topology.sections[3].section_id
    tables = written(tmp_path, reserved=BANDS + f"-12,8,{section_id}\n90,2,\n")
    assert isinstance(tables, TrafficTableSource)
    free = usable(tables)
    assert (free.sum(axis=1) == 98).sum() == 42
    assert (~free[[6, 7], 40:48]).all(), "both directions of the section"
    shared = usable(tables, is_directed=False)
    assert (~shared[3, 40:48]).all()
    assert shared.shape == (22, 100)


def test_bands_that_are_nowhere_are_refused_with_row_and_field(tmp_path):
    found = refused(written(tmp_path, reserved=BANDS + "97,4,\n0,4,nope\n"), loads_erlang=(5.0,))
    assert set(found) == {
        "reserved.csv row 2, field n",
        "reserved.csv row 3, field section_id",
    }
    assert "the 100 slots reach from -100 to 100" in found["reserved.csv row 2, field n"]


@pytest.mark.parametrize(
    ("word", "told"), [("101:1", "reach"), ("1:0", "m must be >= 1"), ("a:b", "cannot read")]
)
def test_words_that_are_no_band_are_refused(word, told):
    with pytest.raises(InvalidDataError) as refusal:
        asked(reserved=(word,))
    (finding,) = refusal.value.findings
    assert finding.place.field == "reserve"
    assert told in finding.message


def test_the_reach_table_of_the_studies_gives_their_answer_and_a_shorter_one_causes(tmp_path):
    question = {"loads_erlang": (250.0,), "truncate": 2.0}
    same = answered(written(tmp_path, reach_table=STUDY_REACH), **question)
    assert same.loads[0].figures == asked().loads[0].figures
    short = answered(written(tmp_path, reach_table=REACH + "1250,3\n"), **question)
    causes = dict(short.loads[0].figures.by_cause)
    assert causes[Outcome.NO_REACH].low > 0.1


def test_figures_of_light_are_those_named_with_modulations_in_order():
    words = LightWords(
        is_lit=True, fibre="G654E", span_km_max=60.0, efficiencies=(1.0, 4.0), channel_ghz=50.0
    )
    figures = asked(light=words, truncate=None, loads_erlang=(5.0,)).understood.light
    assert (figures.fibre_type_id, figures.amplifier_type_id) == ("G654E", "EDFA-LINE")
    assert (figures.span_km_max, figures.bandwidth_ghz, figures.snr_gap_db) == (60.0, 50.0, 3.0)
    assert figures.spectral_efficiencies == (4.0, 1.0)


def test_types_that_the_library_has_not_are_refused():
    with pytest.raises(InvalidDataError) as refusal:
        asked(light=LightWords(is_lit=True, fibre="G652", amplifier="X"))
    found = {one.place.field: one.message for one in refusal.value.findings}
    assert set(found) == {"light_fibre", "light_amplifier"}
    assert "did you mean G652D" in found["light_fibre"]
