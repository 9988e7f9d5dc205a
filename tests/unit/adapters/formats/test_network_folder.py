import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from karakoram.adapters.formats import network_folder
from karakoram.adapters.formats.network_folder import (
    read_network,
    read_network_with_findings,
    write_network,
)
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import Finding, Severity, errors_of
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.refdata.library import read_library
from tests.support.networks import (
    SMALL_FOLDER,
    MemoryFolder,
    small_folder_files,
    small_folder_network,
)
from tests.support.small_corridor import small_network

FILES = small_folder_files()


def findings_of(**changes):
    """Findings about the small folder; file ``sites__csv`` is changed by each (old, new)."""
    files = dict(FILES)
    for key, pairs in changes.items():
        name = key.replace("__", ".")
        for old, new in pairs:
            assert old in files[name].decode()
            files[name] = files[name].decode().replace(old, new, 1).encode()
    return read_network_with_findings(MemoryFolder(files))[1]


def places(findings):
    return [(f.code, f.place.file, f.place.row, f.place.record, f.place.field) for f in findings]


def without(*names):
    folder = MemoryFolder({name: data for name, data in FILES.items() if name not in names})
    return read_network_with_findings(folder)


def test_the_small_folder_is_sound_and_canonical(tmp_path):
    network, findings = read_network_with_findings(SMALL_FOLDER)
    assert not findings
    write_network(network, tmp_path / "copy")
    written = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()}
    assert written == FILES


def test_a_folder_edited_in_a_spreadsheet_is_the_same_network():
    def edited(data):
        return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n").replace(b"true", b"TRUE")

    files = {n: edited(d) if n.endswith(".csv") else d for n, d in FILES.items()}
    assert read_network(MemoryFolder(files)) == small_folder_network()


def test_a_network_with_errors_is_refused_with_every_finding():
    files = {**FILES, "sites.csv": b"", "spans.csv": FILES["spans.csv"].replace(b"301.5", b"-3")}
    with pytest.raises(InvalidDataError) as caught:
        read_network(MemoryFolder(files))
    assert [finding.code for finding in caught.value.findings] == ["empty-file", "out-of-bounds"]


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in FILES
        if n.split(".")[0]
        not in ("fibre_types", "amplifier_types", "roadm_types", "transceiver_modes")
    ],
)
def test_every_file_that_is_missing_is_the_only_finding(name):
    network, findings = without(name)
    assert network is None
    assert [(f.code, f.place.file) for f in findings] == [("missing-file", name)]


def test_a_missing_library_table_is_the_packaged_one():
    network, _ = without("transceiver_modes.csv")
    assert network is not None
    assert network.library.transceiver_modes == read_library().transceiver_modes
    assert network.library.fibre_types == small_folder_network().library.fibre_types


def test_a_library_table_replaces_the_packaged_one_whole():
    assert list(small_folder_network().library.fibre_types) == ["LAND", "SEA"]


def test_a_site_that_is_gone_is_named_by_every_row_that_needs_it():
    line = FILES["sites.csv"].decode().splitlines(keepends=True)[3]
    assert places(findings_of(sites__csv=[(line, "")])) == [
        ("unknown-site", "spans.csv", 4, "BRD-VLY", "z_site_id"),
        ("unknown-site", "spans.csv", 5, "VLY-CAP", "a_site_id"),
    ]


def test_a_row_in_error_is_not_blamed_on_the_rows_that_name_it():
    found = findings_of(
        sites__csv=[("VLY,Valley Town,PK,Mountains,node", "VLY,Valley Town,PK,Mountains,nod")],
        spans__csv=[("MID-CAP,MID,CAP", "MID-CAP,MOD,CAP")],
    )
    assert places(found) == [
        ("unknown-word", "sites.csv", 4, "VLY", "kind"),
        ("unknown-site", "spans.csv", 3, "MID-CAP", "a_site_id"),
    ]


def test_a_misspelt_column_of_spans_is_not_blamed_on_sites_and_hand_overs():
    assert places(findings_of(spans__csv=[("length_km", "length_mi")])) == [
        ("unknown-column", "spans.csv", 1, None, "length_mi"),
        ("missing-column", "spans.csv", 1, None, "length_km"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("VLY,Valley Town,PK", 'VLY,"Valley" Town,PK', "not-csv"),
        ("VLY,Valley Town,PK", "VLY,Valley, Town,PK", "row-too-long"),
        ("VLY,Valley Town,PK", "VLY,PK", "row-too-short"),
    ],
)
def test_a_row_that_cannot_be_told_apart_is_not_blamed_on_the_rows_that_name_it(old, new, code):
    found = findings_of(sites__csv=[(old, new)])
    assert [(f.code, f.place.file, f.place.row) for f in found] == [(code, "sites.csv", 4)]


def test_beside_a_row_of_odd_width_other_breaches_are_still_found():
    found = findings_of(
        sites__csv=[("VLY,Valley Town,PK", "VLY,PK")], spans__csv=[("MID-CAP,MID", "MID-CAP,MOD")]
    )
    assert [finding.code for finding in found] == ["row-too-short", "unknown-site"]


def test_an_odd_row_of_a_table_whose_identifier_is_not_first_hides_who_is_missing():
    lines = FILES["risk_groups.csv"].decode().splitlines()
    turned = ["name,risk_group_id" + lines[0][len("risk_group_id,name") :]]
    turned += [",".join([(c := line.split(","))[1], c[0], *c[2:]]) for line in lines[1:]]
    files = {**FILES, "risk_groups.csv": "\n".join([*turned[:-1], turned[-1] + ",x"]).encode()}
    _, findings = read_network_with_findings(MemoryFolder(files))
    assert [finding.code for finding in findings] == ["row-too-long"]


def test_a_table_without_its_identifiers_is_not_blamed_on_the_rows_that_name_them():
    found = findings_of(operators__csv=[("operator_id,", "operator,")])
    assert [finding.code for finding in found] == ["unknown-column", "missing-column"]


def test_settings_in_error_are_reported_with_the_breaches_of_the_tables():
    found = findings_of(
        karakoram__toml=[('currency = "USD"\n', ""), ("[rules.margin_db]", "[rules.margin_dB]")],
        cables__csv=[("NOR-AIR,North aerial cable,aerial,NOR", "NOR-AIR,,aerial,NUR")],
        prices__csv=[("month,400,11.50,USD,2025-01-01,2026-01-01", "month,400,11.50,USD,,")],
    )
    assert places(found) == [
        ("unknown-key", "karakoram.toml", None, "rules", "margin_dB"),
        ("missing-table", "karakoram.toml", None, "rules.margin_db", None),
        ("missing-key", "karakoram.toml", 1, "network", "currency"),
        ("empty-text", "cables.csv", 3, "NOR-AIR", "name"),
        ("unknown-operator", "cables.csv", 3, "NOR-AIR", "owner_id"),
        ("price-overlap", "prices.csv", 3, "NOR-400-KM", "valid_from"),
    ]


def test_a_type_that_no_table_holds_is_named_in_its_line_of_the_settings():
    (finding,) = findings_of(karakoram__toml=[('"ROADM"', '"RODM"')])
    assert str(finding.place) == "karakoram.toml row 11 (equipment), field roadm_type_id"
    assert "did you mean ROADM?" in finding.message


def test_prices_in_another_currency_are_found_when_the_currency_is_right():
    found = findings_of(karakoram__toml=[('currency = "USD"', 'currency = "EUR"')])
    assert {finding.code for finding in found} == {"price-currency"}
    assert len(found) == 11


def test_a_cycle_of_hand_overs_is_a_finding_in_each_of_its_rows():
    tail = ",in_service,Example data,2026-01-01,assumed,\n"
    found = findings_of(
        handovers__csv=[("PRT-SOU-SEA", f"CAP-SOU-NOR,CAP,SOU,NOR{tail}PRT-SOU-SEA")]
    )
    assert places(found) == [
        ("handover-cycle", "handovers.csv", 2, "CAP-NOR-SOU", "to_operator_id"),
        ("handover-cycle", "handovers.csv", 3, "CAP-SOU-NOR", "to_operator_id"),
    ]


def test_a_duplicate_identifier_names_both_rows():
    (finding,) = findings_of(spans__csv=[("BRD-VLY,BRD", "BRD-MID,BRD")])
    assert str(finding.place) == "spans.csv row 4 (BRD-MID), field span_id"
    assert "rows 2 and 4" in finding.message


def test_the_rows_of_one_file_are_listed_from_the_top():
    found = findings_of(
        spans__csv=[
            ("BRD-MID,BRD", "BRD-MID,XXX"),
            ("518,road", "518,rode"),
            ("planned,", "plan,"),
            ("RED-SEA", "RED-SEE"),
        ]
    )
    assert [finding.place.row for finding in found] == [2, 5, 7, 8]


def test_ten_megabytes_of_text_are_one_finding():
    files = {**FILES, "sites.csv": b"all work and no play, makes\n" * 400_000}
    _, findings = read_network_with_findings(MemoryFolder(files))
    assert [finding.code for finding in findings] == ["file-too-large"]


def test_a_table_saved_with_semicolons_is_one_finding():
    files = {**FILES, "sites.csv": FILES["sites.csv"].replace(b",", b";")}
    _, findings = read_network_with_findings(MemoryFolder(files))
    assert places(findings) == [("wrong-separator", "sites.csv", 1, None, None)]


def test_tables_without_rows_are_read():
    empty = {
        name: data.split(b"\n", maxsplit=1)[0] + b"\n"
        for name, data in FILES.items()
        if name in ("submarine_systems.csv", "handovers.csv", "equipment.csv", "spans.csv")
    }
    network, findings = read_network_with_findings(MemoryFolder({**FILES, **empty}))
    assert network is not None
    assert not network.equipment
    assert {finding.severity for finding in findings} == {Severity.WARNING}


def test_a_table_under_another_name_is_a_warning_with_a_near_miss():
    files = {**FILES, "fibre_type.csv": b"x", "notes.md": b"", "fibre_types.csv": b""}
    del files["fibre_types.csv"]
    _, findings = read_network_with_findings(MemoryFolder(files))
    (warning,) = (finding for finding in findings if finding.severity is Severity.WARNING)
    assert (warning.code, warning.place.file) == ("unknown-file", "fibre_type.csv")
    assert warning.message.endswith("did you mean fibre_types.csv?")


def test_a_folder_that_does_not_exist_is_a_finding(tmp_path):
    network, (finding,) = read_network_with_findings(tmp_path / "none")
    assert network is None
    assert finding.code == "missing-folder"
    assert finding.place.file == str(tmp_path / "none")


@pytest.mark.parametrize("name", ["file", "a\0b", "x" * 5_000])
def test_what_is_no_folder_is_a_finding(tmp_path, name):
    (tmp_path / "file").write_text("x")
    _, (finding,) = read_network_with_findings(tmp_path / name)
    assert max(len(finding.where), len(finding.message)) < 1_000
    assert finding.code in {"missing-folder", "unreadable-folder"}


def test_a_folder_of_other_things_is_one_finding(tmp_path):
    (tmp_path / "holiday.jpg").write_text("x")
    _, (finding,) = read_network_with_findings(tmp_path)
    assert finding.code == "not-a-network-folder"


def test_a_folder_that_may_not_be_listed_is_a_finding(tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    _, (finding,) = read_network_with_findings(tmp_path)
    assert finding.code == "unreadable-folder"


@pytest.mark.parametrize("table", ["spans", "cables", "prices", "handovers"])
def test_no_finding_repeats_a_word_of_a_hundred_thousand_characters(table):
    header, first, *rest = FILES[f"{table}.csv"].decode().splitlines(keepends=True)
    cells = first.split(",")
    assert len(cells) == header.count(",") + 1
    for column in range(len(cells)):
        damaged = ",".join((*cells[:column], "a" * 100_000, *cells[column + 1 :]))
        damaged = f"{damaged.rstrip()}\n"
        text = "".join((header, damaged, *rest)).encode()
        folder = MemoryFolder({**FILES, f"{table}.csv": text})
        _, findings = read_network_with_findings(folder)
        assert max((len(f"{f.where}: {f.message}") for f in findings), default=0) < 1_000


def test_a_folder_whose_files_cannot_be_reached_is_one_finding(tmp_path, monkeypatch):
    write_network(small_network(), tmp_path / "locked")
    monkeypatch.setattr("os.access", lambda *_: False)
    _, (finding,) = read_network_with_findings(tmp_path / "locked")
    assert finding.code == "unreadable-folder"
    monkeypatch.undo()

    def refuse(self, **_):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "stat", refuse)
    _, (finding,) = read_network_with_findings(tmp_path / "locked" / "inside")
    assert finding.code == "unreadable-folder"


def test_every_finding_of_a_damaged_folder_names_its_file():
    files = dict.fromkeys(FILES, b"")
    _, findings = read_network_with_findings(MemoryFolder(files))
    assert {finding.place.file for finding in findings} == set(FILES)


# --- writing ---------------------------------------------------------------------------------


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_library_like_the_packaged_one_is_not_written(tmp_path):
    library = replace(small_folder_network().library, roadm_types=read_library().roadm_types)
    write_network(replace(small_folder_network(), library=library), tmp_path / "n")
    assert not (tmp_path / "n" / "roadm_types.csv").exists()
    assert (tmp_path / "n" / "fibre_types.csv").exists()


def test_a_written_network_replaces_the_one_before_and_leaves_other_files(tmp_path):
    folder = tmp_path / "n"
    write_network(small_folder_network(), folder)
    (folder / "README.md").write_text("mine")
    other = replace(small_network(), library=read_library())
    write_network(other, folder)
    names = {path.name for path in folder.iterdir()}
    assert "README.md" in names
    assert "fibre_types.csv" not in names
    write_network(small_network(), folder)
    assert read_network(folder) == small_network()


def test_a_network_that_is_not_sound_can_be_stored(tmp_path):
    write_network(replace(small_folder_network(), sites={}), tmp_path / "n")
    _, findings = read_network_with_findings(tmp_path / "n")
    assert {finding.code for finding in findings} == {"unknown-site"}


def test_no_folder_above_is_made_and_an_empty_folder_is_filled(tmp_path):
    with pytest.raises(RefusedError, match=r"there is no folder .*/a; make it first"):
        write_network(small_network(), tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())
    (tmp_path / "c").mkdir()
    for name in ("b", "c"):
        write_network(small_network(), tmp_path / name)
    assert bytes_of(tmp_path / "b") == bytes_of(tmp_path / "c")


def test_a_written_folder_is_as_readable_as_any_other(tmp_path):
    (tmp_path / "other").mkdir()
    write_network(small_network(), tmp_path / "n")
    assert (tmp_path / "n").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_of_something_else_is_not_overwritten(tmp_path):
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(RefusedError, match="something else than a network"):
        write_network(small_network(), tmp_path)
    assert bytes_of(tmp_path) == {"thesis.txt": b"x"}


def test_a_folder_that_hides_folders_under_the_names_of_tables_is_not_overwritten(tmp_path):
    shutil.copytree(SMALL_FOLDER, tmp_path / "n")
    (tmp_path / "n" / "sites.csv").unlink()
    (tmp_path / "n" / "sites.csv").mkdir()
    with pytest.raises(RefusedError, match="something else"):
        write_network(small_network(), tmp_path / "n")


def test_a_file_is_not_overwritten(tmp_path):
    (tmp_path / "n").write_text("x")
    with pytest.raises(RefusedError, match="is a file"):
        write_network(small_network(), tmp_path / "n")


def renamed(network, site_id):
    site = replace(next(iter(network.sites.values())), site_id=SiteId(site_id))
    return replace(network, sites={SiteId(site_id): site})


@pytest.mark.parametrize("site_id", [" A", "A\t"])
def test_an_identifier_that_a_table_cannot_hold_is_refused_and_nothing_is_written(
    tmp_path, site_id
):
    with pytest.raises(InvalidDataError, match=r"sites\.csv .*no blanks around them"):
        write_network(renamed(small_network(), site_id), tmp_path / "n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("site_id", ["", "A\0"])
def test_an_identifier_that_reads_as_an_error_is_refused(tmp_path, site_id):
    with pytest.raises(InvalidDataError, match=r"sites\.csv"):
        write_network(renamed(small_network(), site_id), tmp_path / "n")
    assert list(tmp_path.iterdir()) == []


def test_half_a_character_is_refused(tmp_path):
    with pytest.raises(InvalidDataError, match="half a character"):
        write_network(replace(small_network(), name="\ud800"), tmp_path / "n")
    assert list(tmp_path.iterdir()) == []


def test_a_record_under_another_identifier_is_refused(tmp_path):
    network = small_folder_network()
    operators = {OperatorId("X"): network.operators[OperatorId("NOR")]}
    with pytest.raises(InvalidDataError) as caught:
        write_network(replace(network, operators=operators), tmp_path / "n")
    assert [f.place.record for f in caught.value.findings] == ["X", "NOR"]


def test_settings_that_do_not_come_back_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(
        network_folder,
        "toml_from_network",
        lambda _: FILES["karakoram.toml"].decode().replace("Small example", "Other"),
    )
    with pytest.raises(InvalidDataError) as caught:
        write_network(small_folder_network(), tmp_path / "n")
    assert [finding.place.field for finding in caught.value.findings] == ["name"]


@pytest.mark.parametrize("moved_from", ["new", "n"])
def test_a_full_disk_leaves_the_folder_as_it_was(tmp_path, monkeypatch, moved_from):
    folder = tmp_path / "n"
    write_network(replace(small_network(), library=read_library()), folder)
    before = bytes_of(folder)
    rename = Path.rename

    def fail_at_spans(self, target):
        if self.name == "spans.csv" and self.parent.name == moved_from:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_spans)
    with pytest.raises(RefusedError, match="No space left on device"):
        write_network(small_folder_network(), folder)
    assert bytes_of(folder) == before
    assert {path.name for path in folder.iterdir()} == set(before)


def test_a_disk_that_refuses_from_the_start_leaves_no_folder(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(RefusedError, match="Read-only file system"):
        write_network(small_network(), tmp_path / "n")
    assert list(tmp_path.iterdir()) == []


def test_findings_of_errors_only_forbid_reading():
    network, findings = read_network_with_findings(MemoryFolder({**FILES, "extra.csv": b"a\n"}))
    assert network is not None
    assert findings
    assert not errors_of(findings)
    assert all(isinstance(finding, Finding) for finding in findings)
