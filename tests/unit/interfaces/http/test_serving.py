"""A server begins where it can be heard, and says before it begins where it cannot."""

import socket
from contextlib import closing

import pytest
import uvicorn

from karakoram.core.errors import RefusedError
from karakoram.interfaces.http import serving
from karakoram.interfaces.http.serving import ServerOptions, serve
from tests.support.http_calls import PlainSecrets, fresh
from tests.support.memory_store import FixedMoment
from tests.support.selling import START
from tests.support.settling import settling_of


def begun(monkeypatch, host, port):
    """What is told, and where it was listened, once a server begins."""
    told, heard = [], []
    monkeypatch.setattr(uvicorn, "run", lambda _, **how: heard.append((how["host"], how["port"])))
    monkeypatch.setattr(serving.gc, "freeze", lambda: None)
    monkeypatch.setattr(serving.gc, "set_threshold", lambda _: None)
    selling = fresh()
    options = ServerOptions(host=host, port=port, requests_a_second=1.0, is_quiet=True)
    try:
        serve(
            options,
            selling=selling,
            settling=settling_of(selling),
            moments=FixedMoment(START),
            secrets=PlainSecrets(),
            told=told.append,
        )
    except RefusedError as error:
        assert (told, heard) == ([], [])
        return error
    return told, heard


def test_a_port_that_is_free_is_listened_at_and_told(monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    told, heard = begun(monkeypatch, "127.0.0.1", port)
    assert heard == [("127.0.0.1", port)]
    assert told[0].startswith(f"Serving at http://127.0.0.1:{port}")
    assert begun(monkeypatch, "localhost", port)[1] == [("localhost", port)]


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "a" * 64 + ".x"])
def test_an_address_of_another_machine_or_none_is_refused_before_anything_is_told(
    monkeypatch, host
):
    error = begun(monkeypatch, host, 18_475)
    assert (error.code, error.where) == ("cannot-listen", host)
    assert "name an address of this machine with --host" in error.alternatives


def test_a_port_that_another_listens_at_is_refused_before_anything_is_told(monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        error = begun(monkeypatch, "127.0.0.1", taken.getsockname()[1])
    assert error.code == "cannot-listen"
    assert "in use" in str(error)
