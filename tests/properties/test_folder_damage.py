"""Whatever happens to a folder, it is read as a network or every finding names a file."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.adapters.formats.network_folder import (
    read_network,
    read_network_with_findings,
    write_network,
)
from karakoram.core.findings import errors_of
from karakoram.network.network import Network
from tests.support.networks import MemoryFolder, small_folder_files

WHOLE = small_folder_files()

positions = st.integers(0, 10**6)


def without_file(files, name, _):
    return {key: data for key, data in files.items() if key != name}


def under_another_name(files, name, _):
    return {f"x{key}" if key == name else key: data for key, data in files.items()}


def empty(files, name, _):
    return {**files, name: b""}


def in_utf_16(files, name, _):
    return {**files, name: files[name].decode("utf-8", "replace").encode("utf-16")}


def cut_short(files, name, draw):
    data = files[name]
    return {**files, name: data[: draw(positions) % (len(data) + 1)]}


def one_byte_other(files, name, draw):
    data = bytearray(files[name])
    if data:
        data[draw(positions) % len(data)] = draw(st.integers(0, 255))
    return {**files, name: bytes(data)}


def noise_within(files, name, draw):
    data, at = files[name], draw(positions) % (len(files[name]) + 1)
    return {**files, name: data[:at] + draw(st.binary(max_size=40)) + data[at:]}


def text_within(files, name, draw):
    data, at = files[name], draw(positions) % (len(files[name]) + 1)
    word = draw(st.text('",;\n\r \t-0123456789eE.=[]{}#', max_size=8))
    return {**files, name: data[:at] + word.encode() + data[at:]}


def without_column(files, name, draw):
    lines = [line.split(b",") for line in files[name].split(b"\n")]
    column = draw(positions) % max(1, len(lines[0]))
    cut = [b",".join(line[:column] + line[column + 1 :]) for line in lines]
    return {**files, name: b"\n".join(cut)}


def two_cells_swapped(files, name, draw):
    lines = [line.split(b",") for line in files[name].split(b"\n")]
    row, column, other = (draw(positions) for _ in range(3))
    line = lines[row % len(lines)]
    one, two = column % len(line), other % len(line)
    line[one], line[two] = line[two], line[one]
    return {**files, name: b"\n".join(map(b",".join, lines))}


def a_row_twice(files, name, draw):
    lines = files[name].split(b"\n")
    return {**files, name: b"\n".join([*lines, lines[draw(positions) % len(lines)]])}


def a_row_gone(files, name, draw):
    lines = files[name].split(b"\n")
    del lines[draw(positions) % len(lines)]
    return {**files, name: b"\n".join(lines)}


DAMAGES = (
    without_file,
    under_another_name,
    empty,
    in_utf_16,
    cut_short,
    one_byte_other,
    noise_within,
    text_within,
    without_column,
    two_cells_swapped,
    a_row_twice,
    a_row_gone,
)


@st.composite
def damaged_folders(draw):
    files = dict(WHOLE)
    for damage in draw(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3)):
        files = damage(files, draw(st.sampled_from(sorted(files))), draw)
    return files


@settings(max_examples=300, deadline=None)
@given(files=damaged_folders())
def test_damage_gives_a_network_or_findings_that_name_a_file(files):
    network, findings = read_network_with_findings(MemoryFolder(files))
    assert (network is None) == bool(errors_of(findings))
    assert network is None or isinstance(network, Network)
    for finding in findings:
        assert finding.place.file
        assert finding.message
        assert len(finding.message) < 2_000


@settings(max_examples=60, deadline=None)
@given(files=damaged_folders())
def test_whatever_is_read_can_be_written_and_read_again(files):
    network, _ = read_network_with_findings(MemoryFolder(files))
    if network is None:
        return
    with tempfile.TemporaryDirectory() as scratch:
        write_network(network, Path(scratch) / "network")
        assert read_network(Path(scratch) / "network") == network
