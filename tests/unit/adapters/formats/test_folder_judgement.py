import pytest

from karakoram.adapters.formats.folder_judgement import judged
from karakoram.adapters.formats.folder_reading import FolderReading, read_folder
from tests.support.networks import MemoryFolder, small_folder_files

FILES = small_folder_files()


def judged_without(name, cell):
    """Findings when one cell of the first row of a table is emptied: its record is lost."""
    assert cell in FILES[name]
    reading = read_folder(MemoryFolder({**FILES, name: FILES[name].replace(cell, b"", 1)}))
    assert isinstance(reading, FolderReading)
    return judged(reading)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("operators.csv", b"assumed"),
        ("sites.csv", b"75.43"),
        ("cables.csv", b"buried"),
        ("submarine_systems.csv", b"published"),
        ("spans.csv", b"301.5"),
        ("risk_groups.csv", b"corridor"),
        ("failure_classes.csv", b"2.13"),
        ("handovers.csv", b"in_service"),
        ("equipment.csv", b"roadm"),
        ("prices.csv", b"month"),
        ("fibre_types.csv", b"0.22"),
        ("amplifier_types.csv", b"5.5"),
        ("roadm_types.csv", b"-18"),
        ("transceiver_modes.csv", b"12"),
    ],
)
def test_a_record_in_error_is_the_only_finding_whatever_names_it(name, cell):
    (finding,) = judged_without(name, cell)
    assert (finding.code, finding.place.file, finding.place.row) == ("empty-cell", name, 2)


def test_findings_come_file_by_file_from_the_top():
    files = {
        **FILES,
        "prices.csv": FILES["prices.csv"].replace(b"SEA,km", b"SIA,km"),
        "operators.csv": FILES["operators.csv"].replace(b"stated", b"x").replace(b"assumed", b"?"),
        "karakoram.toml": FILES["karakoram.toml"].replace(b'"EDFA"', b'"EDFB"'),
    }
    reading = read_folder(MemoryFolder(files))
    assert isinstance(reading, FolderReading)
    assert [(finding.place.file, finding.place.row) for finding in judged(reading)] == [
        *(("karakoram.toml", row) for row in (8, 9, 10)),
        *(("operators.csv", row) for row in (2, 3, 4)),
        ("prices.csv", 10),
    ]
