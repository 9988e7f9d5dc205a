"""Which words of ``routes`` go together?"""

import json

import pytest
from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app


@pytest.mark.parametrize(
    ("words", "findings"),
    [
        ((), ["question-a-site", "question-z-site"]),
        (("URC",), ["question-z-site"]),
        (("URC", "KHI", "--disjoint", "edge"), ["question-disjoint"]),
        (("URC", "KHI", "--via", "RWP", "--latency-ms-max", "9", "--pairs", "pairs.csv"),
            ["question-pairs", "question-via", "question-latency-ms-max"]),
        (("A", "C", "--topology", "net.csv", "--pairs", "pairs.csv"), ["question-pairs"]),
        (("A", "--topology", "net.csv"), ["question-z-site"]),
        (("--topology", "net.csv", "--by", "price", "--include", "option", "--on", "2026-01-01",
            "--bit-rate", "100G", "--network", "x"),
            ["question-by", "question-network", "question-include", "question-on",
            "question-bit-rate"]),
        (("A", "X", "--topology", "net.csv"), ["question-z-site"]),
        (("--topology", "no.csv"), ["no-such-topology"]),
        (("--topology", "pairs.csv"), ["not-an-edge-list"]),
        (("--topology", "net.csv", "--pairs", "net.json"), ["missing-file"]),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_exit_code_2_with_every_finding(
    tmp_path, monkeypatch, words, findings
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.csv").write_text("a,z,length_km\nA,B,100\nB,C,100\n")
    (tmp_path / "pairs.csv").write_text("from,to\nA,C\n")
    result = CliRunner().invoke(app, ["routes", *words, "--json"])
    assert result.exit_code == 2
    error = json.loads(result.stdout)["error"]
    assert [finding["code"] for finding in error["findings"]] == findings
