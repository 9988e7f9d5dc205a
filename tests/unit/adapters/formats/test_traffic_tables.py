import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.usecases.simulate.traffic_ports import TrafficTables, TrafficTableSource
from tests.support.traffic_files import BANDS, BIT_RATES, MATRIX, REACH, TRACE, written


def found(tables):
    with pytest.raises(InvalidDataError) as told:
        tables.read_tables()
    return {str(finding.place): finding.message for finding in told.value.findings}


def test_every_table_is_read_and_empty_cells_mean_what_the_page_says(tmp_path):
    tables = written(
        tmp_path,
        trace=TRACE + "0,5,WA,CA1,100\n0,,CA1,WA,400\n",
        matrix=MATRIX + "WA,CA1,3\n",
        reach_table=REACH + "625,4\n,1\n",
        bit_rates="bit_rate_gbps\n100\n",
        reserved=BANDS + "-12,4,\n0,8,one\n",
    )
    assert isinstance(tables, TrafficTableSource)
    read = tables.read_tables()
    assert [one.row.holds_for for one in read.trace] == [5.0, None]
    assert [one.row.reach_km for one in read.reach_table] == [625.0, None]
    assert [one.row.section_id for one in read.reserved] == [None, "one"]
    assert read.matrix[0].row.volume == 3.0
    assert read.bit_rates[0].row.weight == 1.0
    assert (read.trace[1].place.file, read.trace[1].place.row) == ("trace.csv", 3)
    assert written(tmp_path).read_tables() == TrafficTables()


def test_every_wrong_cell_of_every_file_is_told_at_once(tmp_path):
    wrong = found(
        written(
            tmp_path,
            trace=TRACE + "x,-1,WA,CA1,0\n",
            matrix="from_site_id,to_site_id\nWA,CA1\n",
            reach_table=REACH,
            bit_rates=BIT_RATES + "100,0\n",
            reserved=BANDS + "0,0,\n",
        )
    )
    assert set(wrong) == {
        "trace.csv row 2, field arrives_at",
        "trace.csv row 2, field holds_for",
        "trace.csv row 2, field bit_rate_gbps",
        "matrix.csv row 1, field volume",
        "reach_table.csv row 1",
        "bit_rates.csv row 2, field weight",
        "reserved.csv row 2, field m",
    }
    assert "holds no row" in wrong["reach_table.csv row 1"]


def test_a_column_of_a_trace_that_is_missing_is_not_taken_for_an_empty_one(tmp_path):
    text = "arrives_at,from_site_id,to_site_id,bit_rate_gbps\n0,WA,CA1,100\n"
    assert set(found(written(tmp_path, trace=text))) == {"trace.csv row 1, field holds_for"}


def test_a_file_that_is_not_there_or_is_no_table_is_refused(tmp_path):
    tables = written(tmp_path, trace="from;to\nA;B\n")
    assert "separated by semicolons" in found(tables)["trace.csv row 1"]
    tables.trace.unlink()
    assert set(found(tables)) == {"trace.csv"}
