from dataclasses import fields

from karakoram.adapters.formats.network_tables import (
    LIBRARY_TABLES,
    NETWORK_TABLES,
    csv_from_records,
    file_name,
    read_table,
)
from karakoram.network.network import Network
from karakoram.network.records import Handover, RiskGroup
from karakoram.refdata.equipment import EquipmentLibrary
from tests.support.networks import SMALL_FOLDER, MemoryFolder, small_folder_network

HEAD = "risk_group_id,name,kind,failures_per_year,mttr_h,source,source_date,confidence,note\n"


def groups(text):
    folder = MemoryFolder({"risk_groups.csv": text.encode()})
    return read_table(folder, "risk_groups", record_type=RiskGroup)


def test_every_part_of_a_network_that_is_a_mapping_has_its_table():
    settings = {"name", "description", "currency", "rules", "library"}
    assert list(NETWORK_TABLES) == [
        field.name for field in fields(Network) if field.name not in settings
    ]
    assert list(LIBRARY_TABLES) == [field.name for field in fields(EquipmentLibrary)]


def test_records_stand_under_their_identifiers_with_their_rows():
    reading = groups(
        HEAD + "A,Snow,weather,0.5,24,seen,,stated,\n\nB,Road,corridor,1,6,seen,,stated,\n"
    )
    assert list(reading.records) == ["A", "B"]
    assert reading.row_by_id == {"A": 2, "B": 4}
    assert reading.is_whole
    assert reading.knows_every_id


def test_a_row_in_error_keeps_its_identifier_known():
    reading = groups(HEAD + "A,Snow,wather,0.5,24,seen,,stated,\n")
    assert not reading.records
    assert reading.row_by_id == {"A": 2}
    assert not reading.is_whole
    assert reading.knows_every_id
    assert [str(finding.place) for finding in reading.findings] == [
        "risk_groups.csv row 2 (A), field kind"
    ]


def test_a_missing_file_knows_no_identifier():
    reading = read_table(MemoryFolder({}), "risk_groups", record_type=RiskGroup)
    assert not reading.knows_every_id
    assert [finding.code for finding in reading.findings] == ["missing-file"]


def test_the_text_of_a_table_is_that_of_its_file():
    handovers = small_folder_network().handovers
    written = csv_from_records(handovers, record_type=Handover)
    assert written == (SMALL_FOLDER / file_name("handovers")).read_text()


def test_a_column_that_was_deleted_does_not_pass_for_one_that_nobody_filled():
    reading = groups(HEAD.replace(",note", "") + "A,Snow,weather,0.5,24,seen,,stated\n")
    (finding,) = reading.findings
    assert finding.code == "missing-column"
    assert str(finding.place) == "risk_groups.csv row 1, field note"
    assert "its cells may stay empty" in finding.message
