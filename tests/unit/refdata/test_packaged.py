import pytest

from karakoram.core.provenance import Confidence
from karakoram.refdata.equipment import FibreType
from karakoram.refdata.packaged import packaged_folder, read_packaged


def test_a_packaged_table_gives_its_records_in_the_order_of_its_rows():
    fibres = read_packaged(packaged_folder("library"), "fibre_types", record_type=FibreType)
    assert [fibre.fibre_type_id for fibre in fibres][:2] == ["G652D", "G652D-PLAN"]
    assert fibres[0].provenance.confidence is Confidence.STATED


def test_a_damaged_packaged_table_is_our_own_bug(tmp_path):
    good = packaged_folder("library").joinpath("fibre_types.csv").read_text(encoding="utf-8")
    damaged = good.replace("G.652.D,0.22,", "G.652.D,minus,", 1)
    assert damaged != good
    (tmp_path / "fibre_types.csv").write_text(damaged, encoding="utf-8")
    with pytest.raises(AssertionError, match="row 2"):
        read_packaged(tmp_path, "fibre_types", record_type=FibreType)
