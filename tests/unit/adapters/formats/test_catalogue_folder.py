"""A catalogue comes from a folder of tables whole, or with every finding, and goes back."""

from dataclasses import replace
from importlib.resources.abc import Traversable
from unittest.mock import Mock

import pytest

from karakoram.adapters.formats.catalogue_folder import FILES, CatalogueFolder
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import errors_of
from tests.support.catalogues import DSL_OFFERING, small_catalogue


@pytest.fixture
def folder(tmp_path):
    CatalogueFolder(tmp_path / "cat").write_catalogue(small_catalogue())
    return tmp_path / "cat"


def changed(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def findings(folder):
    return [
        (f.code, f.place.file, f.place.row, f.place.field)
        for f in CatalogueFolder(folder).read_catalogue_with_findings()[1]
    ]


def test_what_is_written_is_read_again(folder):
    read, wrong = CatalogueFolder(folder).read_catalogue_with_findings()
    assert read == small_catalogue()
    assert wrong == ()
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_a_catalogue_that_is_there_is_replaced_and_other_files_are_left(folder):
    (folder / "README.md").write_text("mine")
    name = 'another "name" \\ of ours'
    CatalogueFolder(folder).write_catalogue(replace(small_catalogue(), name=name))
    assert CatalogueFolder(folder).read_catalogue().name == name
    assert (folder / "README.md").read_text() == "mine"


def test_everything_wrong_is_told_at_once_with_file_row_and_field(folder):
    changed(folder, "product_offering_prices.csv", "999", "many")
    changed(folder, "product_offerings.csv", "private-line", "privat-line")
    changed(folder, "service_level_objectives.csv", "99.5", "199.5")
    (folder / "credit_steps.csv").unlink()
    assert findings(folder) == [
        ("unknown-service-level", "product_offerings.csv", 2, "service_level_id"),
        ("not-a-number", "product_offering_prices.csv", 6, "amount"),
        ("level-over-100", "service_level_objectives.csv", 2, "threshold"),
        ("missing-file", "credit_steps.csv", None, None),
    ]
    with pytest.raises(InvalidDataError) as told:
        CatalogueFolder(folder).read_catalogue()
    assert "a catalogue folder holds this file" in str(told.value)


def test_a_breach_that_follows_from_a_row_in_error_is_not_told_again(folder):
    changed(folder, "product_specifications.csv", "dsl,DSL,SNET", "dsl,DSL,SN\x02ET")
    assert findings(folder) == [("control-character", "product_specifications.csv", 3, "brand")]
    changed(folder, "product_offerings.csv", ",dsl,", ",dls,")
    assert [code for code, *_ in findings(folder)] == [
        "control-character",
        "unknown-product-specification",
    ]


def test_what_needs_a_table_without_errors_waits_for_it(folder):
    changed(folder, "product_offering_prices.csv", "dsl-month,DSL-RURAL", "dsl-month,")
    codes = [code for code, *_ in findings(folder)]
    assert codes == ["empty-cell"]


def test_the_settings_are_judged(folder):
    (folder / "catalogue.toml").write_text('format_version = 2\nx = 1\n[catalogue]\nname = " "\n')
    assert [(code, field) for code, _, _, field in findings(folder)] == [
        ("unknown-key", "x"),
        ("format-version", "format_version"),
        ("not-text", "name"),
    ]
    (folder / "catalogue.toml").write_text("format_version = 1\n")
    assert [code for code, *_ in findings(folder)] == ["missing-table"]
    (folder / "catalogue.toml").write_text("format_version = 1\n= 2\n")
    assert [(code, row) for code, _, row, _ in findings(folder)] == [("not-toml", 2)]
    (folder / "catalogue.toml").unlink()
    assert [code for code, *_ in findings(folder)] == ["missing-file"]


def test_a_file_of_no_table_is_a_warning(folder):
    (folder / "product_offering.csv").write_text("x\n")
    (folder / "notes.txt").write_text("x\n")
    read, (finding,) = CatalogueFolder(folder).read_catalogue_with_findings()
    assert finding.code == "unknown-file"
    assert errors_of((finding,)) == ()
    assert read == small_catalogue()


def test_what_is_no_catalogue_is_refused(tmp_path):
    assert [code for code, *_ in findings(tmp_path / "nowhere")] == ["missing-folder"]
    assert [code for code, *_ in findings(tmp_path)] == ["not-a-catalogue-folder"]
    locked = Mock(spec=Traversable)
    locked.is_dir.side_effect = OSError("locked")
    assert [code for code, *_ in findings(locked)] == ["unreadable-folder"]


def test_nothing_is_written_over_something_else(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(RefusedError, match="something else than a catalogue"):
        CatalogueFolder(tmp_path).write_catalogue(small_catalogue())
    with pytest.raises(RefusedError, match="is a file"):
        CatalogueFolder(tmp_path / "letter.txt").write_catalogue(small_catalogue())
    with pytest.raises(RefusedError, match="packaged"):
        CatalogueFolder(Mock(spec=Traversable)).write_catalogue(small_catalogue())
    with pytest.raises(RefusedError, match="cannot write"):
        CatalogueFolder(tmp_path / "letter.txt" / "cat").write_catalogue(small_catalogue())
    with pytest.raises(RefusedError, match=r"there is no folder .*/gone; make it first"):
        CatalogueFolder(tmp_path / "gone" / "cat").write_catalogue(small_catalogue())
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
    assert (tmp_path / "letter.txt").read_text() == "dear"


@pytest.mark.parametrize(
    "offering",
    [
        replace(DSL_OFFERING, site_ids=(" GIL",)),
        replace(DSL_OFFERING, regions=("a;b",)),
        replace(DSL_OFFERING, product_offering_id="other"),
    ],
)
def test_what_a_table_cannot_hold_is_refused_and_nothing_is_written(tmp_path, offering):
    whole = small_catalogue()
    catalogue = replace(whole, product_offerings={**whole.product_offerings, "DSL-RURAL": offering})
    with pytest.raises(InvalidDataError) as told:
        CatalogueFolder(tmp_path / "cat").write_catalogue(catalogue)
    assert told.value.findings[0].code == "not-storable"
    assert not (tmp_path / "cat").exists()


def test_a_name_that_the_settings_cannot_hold_is_refused(tmp_path):
    with pytest.raises(InvalidDataError):
        CatalogueFolder(tmp_path / "cat").write_catalogue(replace(small_catalogue(), name=""))
