"""Do files about whole networks of light say what the answers hold?"""

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from karakoram.adapters.formats.all_pairs_files import (
    json_from_all_pairs,
    write_all_pairs_csv,
    write_all_pairs_svg,
)
from karakoram.adapters.formats.load_files import (
    json_from_what_if,
    read_load,
    write_load_change_svg,
)
from karakoram.adapters.formats.report.all_pairs_svg import all_pairs_svg
from karakoram.adapters.formats.report.load_svg import load_change_svg
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.planning.photonic.all_pairs import AllPairs
from karakoram.planning.photonic.load_light import (
    LoadedPlant,
    load_light,
    relit,
    wavelength_changes,
)
from karakoram.planning.photonic.load_orders import network_load
from karakoram.usecases.light.light_all_pairs import AllPairsAnswer
from karakoram.usecases.light.what_if import WhatIfAnswer
from tests.support.assumed import ASSUMED
from tests.support.mesh_files import LOAD
from tests.support.photonic_mesh import LIBRARY, random_mesh

NAN = float("nan")


def pairs_of(gsnr_db):
    """Two transceivers, light from the first to the second only."""
    column = np.array([[NAN, gsnr_db], [NAN, NAN]])
    one = np.array([[NAN, 1.0], [NAN, NAN]])
    return AllPairs(
        source_ids=("A", "B"),
        target_ids=("A", "B"),
        gsnr_db_mean=column,
        gsnr_db_min=column - 1.0,
        gsnr_db_max=column + 1.0,
        gsnr_01nm_db_mean=column + 7.0,
        cd_ps_per_nm=one * 2e4,
        pmd_ps=one,
        pdl_db=one,
        latency_ms=2.0 * one,
        length_km=400.0 * one,
        section_count=np.array([[-1, 3], [-1, -1]]),
        is_exact=np.array([[False, True], [False, False]]),
        channel_count=5,
        unlit_count=2,
    )


def test_only_pairs_with_a_way_are_told_and_infinity_is_null(tmp_path):
    told = json_from_all_pairs(AllPairsAnswer(pairs=pairs_of(20.0), warnings=(), assumptions=()))
    assert told["pair_count"] == 1
    (pair,) = told["pairs"]
    assert (pair["from"], pair["to"], pair["sections"], pair["exact"]) == ("A", "B", 3, True)
    assert (pair["gsnr_db_min"], pair["gsnr_0_1nm_db_mean"]) == (19.0, 27.0)
    odd = Finding(code="odd", place=Place(table="elements", file="net.json"), message="is odd")
    infinite = AllPairsAnswer(pairs=pairs_of(float("inf")), warnings=(odd,), assumptions=())
    assert json_from_all_pairs(infinite)["findings"][0]["file"] == "net.json"
    assert json_from_all_pairs(infinite)["pairs"][0]["gsnr_db_mean"] is None


@pytest.mark.parametrize("assumptions", [(), (ASSUMED,)])
def test_the_table_of_all_pairs_bears_the_mark_of_the_whole_answer_in_each_row(
    tmp_path, assumptions
):
    answer = AllPairsAnswer(pairs=pairs_of(20.0), warnings=(), assumptions=assumptions)
    write_all_pairs_csv(answer, tmp_path / "pairs.csv")
    header, row = (tmp_path / "pairs.csv").read_text(encoding="utf-8").splitlines()
    assert header.split(",")[:3] == ["from", "to", "gsnr_db_mean"]
    assert row.split(",")[:3] == ["A", "B", "20.0"]
    told = dict(zip(header.split(","), row.split(","), strict=True))
    assert told["computed_confidence"] == ("assumed" if assumptions else "derived")
    assert told["computed_confidence"] == json_from_all_pairs(answer)["computed_confidence"]


def test_drawings_of_pairs_are_sound_also_without_any(tmp_path):
    write_all_pairs_svg(pairs_of(20.0), tmp_path / "pairs.svg")
    ET.parse(tmp_path / "pairs.svg")
    ET.fromstring(all_pairs_svg(pairs_of(NAN)))


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    path = tmp_path_factory.mktemp("load") / "lit.csv"
    path.write_text(
        "wavelength_id,from_id,to_id,via,n,m,symbol_rate_gbaud,power_offset_db\n"
        "west,trx S0,trx S1,,0,8,64,\n"
        "east,trx S0,trx S1,roadm S0;roadm S1,16,8,64,0.5\n",
        encoding="utf-8",
    )
    network = random_mesh(np.random.default_rng(61), sites=3, chords=0, spans_max=1).network
    plant = LoadedPlant(network=network, library=LIBRARY)
    (west, _), (east, place) = read_load(path)
    assert str(place) == "lit.csv row 3 (east)"
    assert east.via == ("roadm S0", "roadm S1")
    assert east.power_offset_db == 0.5
    before = load_light(plant, network_load(plant, [west]))
    after = relit(plant, before, network_load(plant, [east], onto=before.load))
    return WhatIfAnswer(
        before=before,
        after=after,
        lit_ids=("east",),
        dropped_ids=(),
        changes=wavelength_changes(before, after),
        warnings=(),
        assumptions=(),
    )


def test_a_change_is_told_and_drawn(answer, tmp_path):
    told = json_from_what_if(answer)
    assert [one["wavelength_id"] for one in told["lit"]] == ["east"]
    (change,) = told["changes"]
    assert change["change_db"] == pytest.approx(
        change["gsnr_0_1nm_db_after"] - change["gsnr_0_1nm_db_before"], abs=2e-6
    )
    assert told["wavelengths_lit"] == 2
    write_load_change_svg(answer, tmp_path / "change.svg")
    assert "west" in ET.tostring(ET.parse(tmp_path / "change.svg").getroot(), encoding="unicode")
    ET.fromstring(load_change_svg(answer.after, ()))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LOAD.replace("trx S0,trx S1,0,8", "trx S0,trx S1,zero,8"), "zero"),
        (LOAD.replace("64,0.5", "64000,0.5"), "symbol_rate_gbaud"),
        (LOAD + "west,trx S0,trx S2,96,8,64,,,\n", "west"),
        (LOAD.replace(",mode", ",mod"), "mod"),
        (LOAD.replace("coherent,800G", ",800G"), "given together"),
    ],
)
def test_every_wrong_cell_of_a_load_is_a_finding(tmp_path, text, told):
    path = tmp_path / "lit.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError, match=told) as refusal:
        read_load(path)
    for finding in refusal.value.findings:
        assert finding.place.file == "lit.csv"
        assert finding.place.row is not None
        assert finding.place.field is not None


def test_a_load_that_is_not_there_is_a_finding(tmp_path):
    with pytest.raises(InvalidDataError):
        read_load(tmp_path / "none.csv")
