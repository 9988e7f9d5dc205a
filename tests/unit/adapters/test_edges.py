from datetime import UTC, datetime, timedelta

import pytest

from karakoram import bootstrap
from karakoram.adapters.clock import SystemClock
from karakoram.adapters.formats.folders import FolderSource, NewFolder
from karakoram.adapters.formats.report_file import ReportFile
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.usecases.ports import Clock, NetworkSource, NetworkTarget, ReportWriter
from tests.support.offers import infeasible_answer, service_design
from tests.support.small_corridor import small_network


def test_each_adapter_plays_its_part(tmp_path):
    assert isinstance(bootstrap.clock(), Clock)
    assert isinstance(bootstrap.network_source(), NetworkSource)
    assert isinstance(bootstrap.network_target(tmp_path), NetworkTarget)
    assert isinstance(bootstrap.report_file(tmp_path / "page.html"), ReportWriter)


def test_the_clock_tells_the_day_in_utc():
    before = datetime.now(UTC).date()
    assert before <= SystemClock().today() <= before + timedelta(days=1)


def test_the_reference_corridor_is_the_network_when_none_is_named():
    network = bootstrap.network_source().read_network()
    assert {"URC", "KHI", "MRS"} <= network.sites.keys()


def test_a_new_folder_reads_back_as_the_same_network(tmp_path):
    network = small_network()
    NewFolder(tmp_path / "new").write_network(network)
    assert FolderSource(tmp_path / "new").read_network() == network


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path):
    kept = tmp_path / "letter.txt"
    kept.write_text("dear reader", encoding="utf-8")
    with pytest.raises(RefusedError, match="not empty"):
        NewFolder(tmp_path).write_network(small_network())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_even_an_older_network_is_not_overwritten(tmp_path):
    NewFolder(tmp_path).write_network(small_network())
    with pytest.raises(RefusedError, match="not empty"):
        NewFolder(tmp_path).write_network(small_network())


def test_a_folder_that_is_not_there_is_a_finding(tmp_path):
    source = FolderSource(tmp_path / "nowhere")
    network, findings = source.read_network_with_findings()
    assert network is None
    assert findings
    with pytest.raises(InvalidDataError):
        source.read_network()


@pytest.mark.parametrize("answer", [service_design(), infeasible_answer()])
def test_a_report_file_holds_a_page(tmp_path, answer):
    path = tmp_path / "page.html"
    ReportFile(path).write_report(network=small_network(), design=answer)
    assert "<html" in path.read_text(encoding="utf-8")
