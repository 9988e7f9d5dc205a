import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from karakoram.adapters.formats.text_files import (
    file_finding,
    read_text,
    write_text,
)
from karakoram.core.findings import Finding
from tests.support.networks import MemoryFolder


def found(data):
    finding = read_text(MemoryFolder({"sites.csv": data}), "sites.csv")
    assert isinstance(finding, Finding)
    assert (finding.place.table, finding.place.file) == ("sites", "sites.csv")
    return finding


def test_text_is_read_with_its_line_ends_and_without_a_byte_order_mark():
    assert read_text(MemoryFolder({"a.csv": b"\xef\xbb\xbfa\r\nb\n"}), "a.csv") == "a\r\nb\n"


@pytest.mark.parametrize("data", [b"", b" \r\n\n", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_empty(data):
    assert found(data).code == "empty-file"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_with_its_mark_is_told_apart(encoding):
    finding = found("\ufeffsite_id\n".encode(encoding))
    assert finding.code == "not-utf-8"
    assert "UTF-16" in finding.message


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf_32_is_not_taken_for_utf_16(encoding):
    finding = found("\ufeffsite_id\n".encode(encoding))
    assert finding.code == "not-utf-8"
    assert "UTF-32" in finding.message


def test_utf_16_without_a_mark_shows_by_its_nul_bytes():
    finding = found("site_id\n".encode("utf-16-le"))
    assert (finding.code, finding.place.row) == ("nul-byte", 1)


def test_a_byte_that_is_not_utf_8_is_named_with_its_line():
    finding = found("site_id\nA\nZürich\n".encode("latin-1"))
    assert (finding.code, finding.place.row) == ("not-utf-8", 3)
    assert "0xfc on line 3" in finding.message


def test_a_nul_byte_is_named_with_its_line():
    assert found(b"site_id\nA\0\n").place.row == 2


def test_ten_megabytes_of_noise_are_one_finding():
    assert found(os.urandom(10_000_000)).code in {"not-utf-8", "nul-byte"}


def test_a_file_beyond_the_limit_is_refused():
    folder = MemoryFolder({"sites.csv": b"x" * 2**20 + b"y"})
    finding = read_text(folder, "sites.csv", bytes_max=2**20)
    assert isinstance(finding, Finding)
    assert finding.code == "file-too-large"
    assert "1 MiB" in finding.message
    assert isinstance(read_text(folder, "sites.csv"), str)


def test_megabytes_of_blank_lines_are_refused_before_they_are_read():
    finding = found(b"\n" * 15_000_000)
    assert finding.code == "file-too-large"
    assert "15,000,000 lines, more than 200,000" in finding.message
    assert "16 MiB" in found(b"\n" * 60_000_000).message


def test_an_empty_file_is_told_what_it_must_hold():
    finding = read_text(MemoryFolder({"a.toml": b""}), "a.toml", holds="it must hold [network]")
    assert isinstance(finding, Finding)
    assert finding.message == "is empty; it must hold [network]"


def test_a_symbolic_link_in_a_circle_is_called_that(tmp_path):
    (tmp_path / "sites.csv").symlink_to("sites.csv")
    finding = read_text(tmp_path, "sites.csv")
    assert isinstance(finding, Finding)
    assert finding.code == "unreadable-file"
    assert "link that leads back to itself" in finding.message


def test_a_missing_file_is_a_finding(tmp_path):
    finding = read_text(tmp_path, "sites.csv")
    assert isinstance(finding, Finding)
    assert finding.code == "missing-file"


def test_a_folder_in_the_place_of_a_file_is_a_finding(tmp_path):
    (tmp_path / "sites.csv").mkdir()
    finding = read_text(tmp_path, "sites.csv")
    assert isinstance(finding, Finding)
    assert finding.code == "not-a-file"


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for_and_called_that(tmp_path):
    os.mkfifo(tmp_path / "sites.csv")
    finding = read_text(tmp_path, "sites.csv")
    assert isinstance(finding, Finding)
    assert finding.code == "not-a-file"
    assert "is a pipe, socket or device" in finding.message


def test_a_symbolic_link_that_leads_nowhere_is_called_that(tmp_path):
    (tmp_path / "sites.csv").symlink_to("old/sites.csv")
    finding = read_text(tmp_path, "sites.csv")
    assert isinstance(finding, Finding)
    assert finding.code == "unreadable-file"
    assert "is a symbolic link to 'old/sites.csv', which is not there" in finding.message


class Locked(MemoryFolder):
    def joinpath(self, *descendants):
        return Locked(self._files, str(descendants[0]))

    def open(self, mode="r", *args, **kwargs):
        raise PermissionError(13, "Permission denied")


def test_a_file_that_may_not_be_read_is_a_finding():
    finding = read_text(Locked({"sites.csv": b"x"}), "sites.csv")
    assert isinstance(finding, Finding)
    assert finding.code == "unreadable-file"
    assert "Permission denied" in finding.message


def test_a_name_without_extension_is_its_own_table():
    assert file_finding("README", code="c", message="m").place.table == "README"


def test_a_file_is_replaced_in_one_step_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "map.json"
    path.write_text("old")
    write_text("nëw\n", path)
    assert path.read_bytes() == "nëw\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_there_stays_when_the_new_text_cannot_be_written(tmp_path):
    path = tmp_path / "map.json"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_text("half a character: \ud800", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_that_leads_back_to_itself_is_refused_by_its_name(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links") as refusal:
        write_text("x", loop)
    assert refusal.value.filename == str(loop)
    assert loop.is_symlink()


def test_a_symbolic_link_keeps_its_place_and_what_it_points_at_is_written(tmp_path):
    (tmp_path / "link").symlink_to("file")
    write_text("x", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "x"


def test_a_read_only_file_is_not_replaced(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="read-only") as refusal:
        write_text("new", path)
    assert (path.read_text(), refusal.value.filename) == ("old", str(path))


def test_a_store_is_not_written_over_by_anything_and_stays_as_it_is(tmp_path):
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE kept (it)")
    before = path.read_bytes()
    (tmp_path / "link.csv").symlink_to(path)
    for name in ("store.db", "link.csv"):
        with pytest.raises(FileExistsError, match="perhaps the store itself; name another"):
            write_text("new", tmp_path / name)
    assert path.read_bytes() == before


def test_a_refusal_of_the_disk_names_the_file(tmp_path, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left") as refusal:
        write_text("new", tmp_path / "page.html")
    assert refusal.value.filename == str(tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_a_device_is_refused():
    with pytest.raises(OSError, match="device"):
        write_text("new", Path("/dev/null"))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_a_stream_that_a_shell_led_to_a_file_is_refused_and_the_file_stays(tmp_path):
    with (tmp_path / "file").open("w") as stream:
        (tmp_path / "link").symlink_to(f"/proc/self/fd/{stream.fileno()}")
        with pytest.raises(OSError, match="is a stream of the program"):
            write_text("new", tmp_path / "link")
    assert (tmp_path / "file").read_text() == ""
