"""Values of wrong types, given to the facade as a program would give them."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.interfaces.python import arguments
from karakoram.interfaces.python.arguments import arguments_read

ENORMOUS = 10**5000
"""Too long for Python to write out."""

PROGRAM = """
import json
from datetime import datetime
import karakoram as kk

network = kk.read_network()
ends = (network, "URC", "MRS")
calls = {
    "read_network": lambda: kk.read_network(5),
    "write_network": lambda: kk.write_network(None, 5),
    "validate": lambda: kk.validate(5),
    "prepare": lambda: kk.prepare(None),
    "network": lambda: kk.design_service(None, "URC", "MRS"),
    "sites": lambda: kk.design_service(network, 1, None),
    "service": lambda: kk.design_service(
        *ends, protection=3, bit_rate=[400], latency_ms_max="fast", avoid=3, via=[1],
        include={"option": 1}, term_months=1.5, on_day="tomorrow",
    ),
    "routes": lambda: kk.find_routes(
        *ends, k=True, by=None, disjoint="yes", on_day=datetime(2026, 11, 22),
    ),
    "write_report": lambda: kk.write_report(5, network=None, design=None),
    "unknown": lambda: kk.find_routes(*ends, avoidd="KJB"),
}
told = {}
for name, call in calls.items():
    try:
        call()
    except kk.InvalidDataError as refusal:
        told[name] = [(one.place.field, one.message) for one in refusal.findings]
    except Exception as error:
        told[name] = repr(error)
print(json.dumps(told))
"""

WRONG = {
    "read_network": ["folder"],
    "write_network": ["network", "folder"],
    "validate": ["network"],
    "prepare": ["network"],
    "network": ["network"],
    "sites": ["a_site", "z_site"],
    "service": [
        *("protection", "bit_rate", "latency_ms_max", "avoid"),
        *("via", "include", "term_months", "on_day"),
    ],
    "routes": ["k", "by", "disjoint", "on_day"],
    "write_report": ["path", "network", "design"],
    "unknown": ["avoidd"],
}


@pytest.fixture(scope="module")
def told():
    """Outside the test run, for that checks the types of arguments itself."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("call", WRONG)
def test_every_argument_of_a_wrong_type_is_told_at_once(told, call):
    assert [field for field, _ in told[call]] == WRONG[call]


def test_what_was_given_and_what_would_be_right_are_told(told):
    messages = dict(told["service"])
    assert messages["protection"] == (
        "must be text between quotes of at most 200 characters, got 3 of type int"
    )
    assert "2026-11-22" in messages["on_day"]
    assert "'tomorrow'" in messages["on_day"]


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        ("BIT_RATE", 400, "400"),
        ("BIT_RATE", "400G", "400G"),
        ("BIT_RATE", np.float64(0.5), "0.5"),
        ("WORDS", "KJB", ("KJB",)),
        ("WORDS", (word for word in ("KJB", "RWP")), ("KJB", "RWP")),
        ("NUMBER_OR_NONE", None, None),
        ("NUMBER_OR_NONE", 50, 50.0),
        ("WHOLE", np.int64(3), 3),
        ("DAY", "2026-11-22", date(2026, 11, 22)),
        ("DAY", None, None),
        ("PATH", "page.html", Path("page.html")),
        ("FOLDER", None, None),
    ],
)
def test_what_the_reference_names_is_taken(kind, given, read):
    assert arguments_read({"it": given}, {"it": getattr(arguments, kind)}) == {"it": read}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("BIT_RATE", float("nan")),
        ("BIT_RATE", True),
        ("NUMBER_OR_NONE", float("inf")),
        ("WHOLE", 2.0),
        ("WORDS", b"KJB"),
        ("DAY", datetime(2026, 11, 22, tzinfo=UTC)),
        ("DAY", 20261122),
        ("PATH", ""),
        ("PATH", "a\0b"),
        ("PATH", b"bytes"),
        ("TEXT", ["x" * 100]),
        ("TEXT", object()),
        ("TEXT", ENORMOUS),
        ("BIT_RATE", ENORMOUS),
    ],
    ids=[str(number) for number in range(14)],
)
def test_what_it_does_not_name_is_refused(kind, given):
    with pytest.raises(InvalidDataError, match=f"must be .*{type(given).__name__}"):
        arguments_read({"it": given}, {"it": getattr(arguments, kind)})


HALF = "\ud800"
LONG = "a" * 100_000


@pytest.mark.parametrize("kind", [arguments.PATH, arguments.FOLDER, arguments.NETWORK_OR_PATH])
def test_a_path_of_half_a_character_is_a_finding(kind):
    with pytest.raises(InvalidDataError, match=r"given: must be a .*path.*\\ud800"):
        arguments_read({"given": HALF}, {"given": kind})


@pytest.mark.parametrize("kind", [arguments.TEXT, arguments.WORDS, arguments.BIT_RATE])
def test_a_word_too_long_to_mean_anything_is_a_short_finding(kind):
    for given in (LONG, [LONG], "9" * 5_000):
        with pytest.raises(InvalidDataError, match="at most 200 characters") as refusal:
            arguments_read({"given": given}, {"given": kind})
        assert len(str(refusal.value)) < 300
