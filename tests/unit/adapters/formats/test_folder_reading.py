from karakoram.adapters.formats.folder_reading import FolderReading, read_folder
from karakoram.core.findings import Finding
from karakoram.refdata.library import read_library
from tests.support.networks import (
    SMALL_FOLDER,
    MemoryFolder,
    small_folder_files,
    small_folder_network,
)

FILES = small_folder_files()


def reading_of(**changes):
    files = {**FILES, **{name.replace("__", "."): data for name, data in changes.items()}}
    reading = read_folder(MemoryFolder(files))
    assert isinstance(reading, FolderReading)
    return reading


def test_a_sound_folder_is_its_network():
    reading = read_folder(SMALL_FOLDER)
    assert isinstance(reading, FolderReading)
    assert reading.network == small_folder_network()
    assert reading.findings == ()


def test_the_records_that_are_right_are_kept_beside_those_in_error():
    reading = reading_of(operators__csv=FILES["operators.csv"].replace(b"SOU,South", b",South"))
    assert list(reading.network.operators) == ["NOR", "SEA"]
    assert [finding.code for finding in reading.findings] == ["empty-cell"]


def test_the_lines_of_the_settings_are_kept():
    rows = reading_of().settings_rows
    assert rows["network", None] == 1
    assert rows["network", "currency"] == 5


def test_settings_beyond_a_megabyte_are_not_read():
    reading = reading_of(karakoram__toml=FILES["karakoram.toml"] + b"#" * 2**20)
    assert [finding.code for finding in reading.findings] == ["file-too-large"]


def test_a_folder_without_library_takes_the_packaged_one():
    core = {name: data for name, data in FILES.items() if not name.endswith(("types.csv", "s.csv"))}
    reading = read_folder(MemoryFolder({**core, "spans.csv": FILES["spans.csv"]}))
    assert isinstance(reading, FolderReading)
    assert reading.network.library == read_library()


def test_a_folder_of_other_files_is_a_finding():
    finding = read_folder(MemoryFolder({"readme.txt": b"x"}))
    assert isinstance(finding, Finding)
    assert finding.code == "not-a-network-folder"
