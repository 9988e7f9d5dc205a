"""Nothing is lost on the way to a folder and back."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from karakoram.adapters.formats.network_folder import (
    read_network,
    read_network_with_findings,
    write_network,
)
from karakoram.core.findings import errors_of
from tests.support.networks import networks

slow_to_draw = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@slow_to_draw
@given(network=networks())
def test_reading_what_was_written_gives_the_same_network(network):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "network"
        write_network(network, folder)
        found, findings = read_network_with_findings(folder)
        assert not errors_of(findings)
        assert found == network


@slow_to_draw
@given(network=networks())
def test_writing_what_was_read_gives_the_same_bytes(network):
    with tempfile.TemporaryDirectory() as scratch:
        first, second = Path(scratch) / "first", Path(scratch) / "second"
        write_network(network, first)
        write_network(read_network(first), second)
        assert _bytes_of(first) == _bytes_of(second)


def _bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}
