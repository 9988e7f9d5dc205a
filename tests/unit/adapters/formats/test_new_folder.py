import pytest

from karakoram.adapters.formats.new_folder import write_new_folder
from karakoram.core.errors import RefusedError


def test_all_files_come_into_a_folder_that_is_new_or_empty(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write_new_folder(tmp_path / name, {"a.csv": "ä,b\n", "b.csv": ""})
        assert (tmp_path / name / "a.csv").read_text(encoding="utf-8") == "ä,b\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty", "new"]


def test_what_holds_something_or_cannot_be_written_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    for folder, said in (
        (tmp_path / "file", "is not empty"),
        (tmp_path, "is not empty"),
        (tmp_path / "gone" / "new", "cannot write"),
    ):
        with pytest.raises(RefusedError, match=said):
            write_new_folder(folder, {"a.csv": ""})
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
