"""``karakoram optics hand-over``: a leg is told, taken over, and makes the whole with one's own."""

import json
import re
from math import log10

import pytest

from tests.support.command_line import karakoram
from tests.support.mesh_files import mesh_options

ENDS = ("--from", "trx S0", "--to", "trx S2")
HAND_OVER = ("optics", "hand-over")
TELL = ("--operator", "NOR", "--valid-until", "2099-12-31")


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    """Files of GNPy and budgets of the leg from S1 to S2: by channel, and in two bands."""
    folder = tmp_path_factory.mktemp("mesh")
    files = mesh_options(folder)
    whole = karakoram("optics", "propagate", *files, *ENDS, "--json")
    (folder / "whole.json").write_text(whole.out)
    roadms = [one["id"] for one in json.loads(whole.out)["elements"] if one["type"] == "Roadm"]
    middle = roadms[1].removeprefix("roadm ")
    for name, bands in (("each", "40"), ("two", "2")):
        told = karakoram(
            *(*HAND_OVER, *files, "--leg", f"gnpy:trx {middle}..trx S2=B..C", *TELL),
            *("--tell", folder / f"{name}.json", "--bands", bands),
        )
        assert told.code == 0, told.err
    return (*files, "--leg", f"gnpy:trx S0..trx {middle}=A..B"), folder


def answer(*arguments):
    told = karakoram(*HAND_OVER, *arguments, "--json")
    assert told.code == 0, told.out
    return json.loads(told.out)


def gsnr_db(found):
    return [one["gsnr_db"] for one in found["channels"]]


def test_a_told_leg_and_ones_own_are_the_propagation_of_the_whole(mesh):
    own, folder = mesh
    whole = json.loads((folder / "whole.json").read_text())
    received = whole["channels"]
    joint = answer(*own, "--leg", folder / "each.json")
    assert [one["frequency_thz"] for one in joint["channels"]] == [
        one["frequency_thz"] for one in received
    ]
    # The receiver of the whole also sees its transmitter (38 dB) and add and drop (36 dB).
    terminals = 64.0 / 12.5 * (10**-3.8 + 10**-3.6)
    for ours, theirs in zip(gsnr_db(joint), received, strict=True):
        seen = -10.0 * log10(10 ** (-ours / 10.0) + terminals)
        assert seen == pytest.approx(theirs["gsnr_db"], abs=1e-9)
    assert joint["latency_ms"] == pytest.approx(whole["latency_ms"])
    assert joint["channels"][0]["pmd_ps"] >= whole["pmd_ps"] - 1e-9


def test_bands_never_promise_more_than_each_channel(mesh):
    own, folder = mesh
    each, two = (
        gsnr_db(answer(*own, "--leg", folder / f"{name}.json")) for name in ("each", "two")
    )
    assert all(less <= more + 1e-9 for less, more in zip(two, each, strict=True))
    assert len(json.loads((folder / "two.json").read_text())["bands"]) == 2


def test_nothing_in_the_file_tells_of_spans(mesh):
    _, folder = mesh
    network = json.loads((folder / "net.json").read_text())
    text = (folder / "each.json").read_text()
    told = json.loads(text)
    assert set(told) == {
        *("format", "format_version", "operator", "from_site", "to_site", "valid_until"),
        *("full_load", "pmd_ps", "pdl_db", "latency_ms", "symbol_rate_gbaud"),
        *("input_power_dbm", "output_power_dbm", "source", "source_date", "confidence"),
        *("note", "bands"),
    }
    assert all(
        set(band) == {"lower_thz", "upper_thz", "gsnr_db", "cd_ps_per_nm"} for band in told["bands"]
    )
    assert told["confidence"] == "assumed"  # a default of the format counts
    numbers = [float(word) for word in re.findall(r"-?\d+\.\d+", text)]
    for element in network["elements"]:
        assert element["uid"] not in text
        length_km = element.get("params", {}).get("length")
        gain_db = element.get("operational", {}).get("gain_target")
        for secret in filter(None, (length_km, gain_db)):
            assert all(abs(number - secret) > 1e-6 for number in numbers), element["uid"]


def test_legs_of_the_corridor_make_the_leg_over_both(tmp_path):
    ours = ("--leg", "corridor:RWP..CLS-CYB")
    told = karakoram(*HAND_OVER, *ours, *TELL, "--tell", "o.json", "--bands", "99", cwd=tmp_path)
    assert told.code == 0, told.err
    assert "computed (assumed)" in told.words
    assert "Told NOR RWP-CLS-CYB" in told.words
    theirs = ("--leg", "corridor:CLS-CYB..ZAF")
    joint = answer("--leg", tmp_path / "o.json", *theirs)
    assert gsnr_db(joint) == pytest.approx(gsnr_db(answer(*ours, *theirs)), abs=1e-9)
    assert gsnr_db(joint) == pytest.approx(gsnr_db(answer("--leg", "corridor:RWP..ZAF")), abs=1e-9)
    assert [one["computed"] for one in joint["legs"]] == [False, True]
    # The repeaters amplify 30 of the 32 slots.
    assert len(joint["missing_thz"]) == 2
    assert [one["code"] for one in joint["findings"]] == ["channels-missing"]


def changed(folder, name, **figures):
    path = folder / name
    path.write_text(json.dumps({**json.loads((folder / "each.json").read_text()), **figures}))
    return path


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"output_power_dbm": -30.0}, "weak.json (NOR B-C), field output_power_dbm: hands over"),
        ({"to_site": "D"}, "weak.json (NOR B-D), field to_site_id: ends at 'D'"),
        ({"valid_until": "2020-01-01"}, "field valid_until: held until 2020-01-01"),
        ({"latency_ms": 4e6}, "weak.json, field latency_ms: must be at most 1000, got 4000000"),
        ({"bands": []}, "field bands: must be a list"),
        (
            {"bands": [{"lower_thz": 191600, "upper_thz": 196.0, "gsnr_db": 9, "cd_ps_per_nm": 0}]},
            "field bands[0].lower_thz: must be at most 300, got 191600; check the unit, it is THz",
        ),
        (
            {"bands": [{"lower_thz": 186.0, "upper_thz": 187.0, "gsnr_db": 9, "cd_ps_per_nm": 0}]},
            "weak.json (NOR B-C), field bands: says nothing of 12 of 12 channels",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_file_and_field(mesh, figures, words):
    own, folder = mesh
    path = changed(folder, "weak.json", **figures)
    files, after = own[:-2], ("--leg", "gnpy:trx S2..trx S3=C..D")
    told = karakoram(*HAND_OVER, *files, "--leg", path, *after)
    assert told.code == 2
    assert words in " ".join(told.err.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--leg", "somewhere"), "'somewhere' names no leg; write gnpy:A..Z"),
        (("--leg", "gnpy:A..B"), "--gnpy-network: legs of GNPy need"),
        (("--leg", "corridor:KHI..KHI"), "no lines in service lead"),
        (("--leg", "corridor:KHI..RWP", "--tell", "x.json"), "--tell needs --operator"),
        (("--leg", "corridor:KHI..RWP", *TELL), "go with --tell"),
        (("--leg", "corridor:KHI..RWP", "--bands", "4"), "--bands go with --tell"),
        (("--leg", "corridor:KHI..RWP", "--gnpy-network", "n.json"), "go together"),
        (("--leg", "x.json", "--tell", "x.json", *TELL), "--tell would overwrite"),
        (("--leg", "missing.json"), "missing.json: is missing; put it there, or name a file"),
    ],
)
def test_words_that_mean_nothing_are_refused(tmp_path, arguments, words):
    told = karakoram(*HAND_OVER, *arguments, cwd=tmp_path)
    assert told.code == 2
    assert words in " ".join(told.err.split())
