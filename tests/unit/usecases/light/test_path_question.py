"""Ends, transceivers, modes and channels by the words of a question, or by a request."""

import json
from copy import deepcopy

import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.core.errors import InvalidDataError
from karakoram.usecases.light.path_question import PropagationQuestion
from karakoram.usecases.light.propagate_path import propagate_path
from tests.support.light_files import equipment, line, write_files

REQUEST = {
    "request-id": "7",
    "source": "Site_A",
    "destination": "Site_B",
    "src-tp-id": "Site_A",
    "dst-tp-id": "Site_B",
    "bidirectional": False,
    "path-constraints": {
        "te-bandwidth": {
            "technology": "flexi-grid",
            "trx_type": "transponder",
            "trx_mode": None,
            "spacing": 100e9,
            "max-nb-of-channel": 20,
            "path_bandwidth": 250e9,
        }
    },
}


def asked(folder, *, requests=(), network=None, library=None, **question):
    files = write_files(
        folder, network=network or line("TF", "T"), library=library or equipment(f_min=191.35e12)
    )
    services = None
    if requests:
        services = folder / "services.json"
        services.write_text(json.dumps({"path-request": list(requests)}))
    source = GnpyFiles(network=files[0], equipment=files[1], services=services)
    return propagate_path(PropagationQuestion(is_designed=False, **question), photonics=source)


def refused(folder, **question):
    with pytest.raises(InvalidDataError) as refusal:
        asked(folder, **question)
    return [(one.place.field, one.message) for one in refusal.value.findings]


ENDS = {"from_word": "Site_A", "to_word": "Site_B"}


def wanted(**changes):
    request = deepcopy(REQUEST)
    request["path-constraints"]["te-bandwidth"] |= changes
    return request


def test_a_request_gives_ends_transceiver_and_channels(tmp_path):
    found = asked(tmp_path, requests=[REQUEST])
    assert (found.from_id, found.to_id) == ("Site_A", "Site_B")
    assert found.request.request_id == "7"
    thz = found.propagation.frequency_thz
    assert thz.size == 20
    assert thz[1] - thz[0] == pytest.approx(0.1)
    assert found.receivers.transceiver_type_id == "transponder"
    assert [one.mode.name for one in found.receivers.modes] == ["mode 1"]
    assert found.receivers.is_complete


def test_what_a_request_states_in_vain_is_told(tmp_path):
    slot = {"effective-freq-slot": [{"N": 8, "M": 8}], "output-power": 1e-3}
    request = {**wanted(**slot), "bidirectional": True}
    found = asked(tmp_path, requests=[request])
    told = {one.place.field: one for one in found.warnings if one.code == "not-followed"}
    assert set(told) == {"power_mw", "is_bidirectional", "slots"}
    assert {(one.place.file, one.place.record) for one in told.values()} == {("services.json", "7")}


def test_the_power_and_all_channels_of_a_request(tmp_path):
    found = asked(tmp_path, requests=[wanted(**{"max-nb-of-channel": None, "tx_power": 2e-3})])
    assert found.propagation.frequency_thz.size == 48
    launched = found.propagation.elements[0].channels.power_dbm
    assert launched == pytest.approx(3.0103, abs=1e-4)


def test_one_request_of_several_is_named(tmp_path):
    both = [REQUEST, {**REQUEST, "request-id": "8"}]
    assert asked(tmp_path, requests=both, request="8").request.request_id == "8"
    ((field, words),) = refused(tmp_path, requests=both)
    assert (field, "7, 8" in words) == ("request", True)
    ((field, words),) = refused(tmp_path, requests=both, request="9")
    assert "'9' is none of them" in words
    ((field, words),) = refused(tmp_path, request="9")
    assert "name the file too" in words


def test_words_of_the_question_go_before_the_request(tmp_path):
    library = equipment(f_min=191.35e12)
    other = deepcopy(library["Transceiver"][0])
    other["type_variety"], other["mode"][0]["format"] = "other", "mode 2"
    library["Transceiver"].append(other)
    found = asked(
        tmp_path, requests=[wanted(trx_mode="mode 1")], library=library, transceiver="OTHER"
    )
    assert [one.mode.name for one in found.receivers.modes] == ["mode 2"]
    found = asked(tmp_path, requests=[wanted(trx_mode="mode 1")], library=library)
    assert [one.mode.name for one in found.receivers.modes] == ["mode 1"]


def test_ends_that_nobody_names_are_missing(tmp_path):
    assert [field for field, _ in refused(tmp_path)] == ["from", "to"]


@pytest.mark.parametrize(
    ("question", "field", "words"),
    [
        ({"transceiver": "transponderr"}, "transceiver", "Did you mean transponder?"),
        ({"transceiver": "transponder", "mode": "mode 9"}, "mode", "there is mode 1"),
        ({"mode": "mode 1"}, "mode", "name their type too"),
        ({"wss_otf_ghz": 10.0}, "wss_otf", "name their type too"),
        ({"transceiver": "transponder", "wss_otf_ghz": float("nan")}, "wss_otf", "finite"),
        ({"transceiver": "transponder", "wss_otf_ghz": 1e10}, "wss_otf", "at most 100"),
        (
            {"transceiver": "transponder", "wss_otf_ghz": 9.0, "wss_per_express": 3},
            "wss_per_express",
            "at most 2",
        ),
    ],
)
def test_words_about_transceivers_that_mean_nothing_are_told(tmp_path, question, field, words):
    ((found, message),) = refused(tmp_path, **ENDS, **question)
    assert found == field
    assert words in message


def test_both_figures_of_filters_that_cannot_be_are_told(tmp_path):
    wrong = {"transceiver": "transponder", "wss_otf_ghz": -3.0, "wss_per_express": 9}
    assert refused(tmp_path, **ENDS, **wrong) == [
        ("wss_otf", "must be at least 1, got -3"),
        ("wss_per_express", "must be at most 2, got 9"),
    ]


def test_a_transceiver_without_modes_judges_nothing(tmp_path):
    library = equipment()
    library["Transceiver"][0]["mode"] = []
    ((field, message),) = refused(tmp_path, **ENDS, transceiver="transponder", library=library)
    assert (field, "has no modes" in message) == ("transceiver", True)


def test_a_request_that_no_mode_or_no_band_fits_is_refused(tmp_path):
    ((field, message),) = refused(tmp_path, requests=[wanted(spacing=25e9)])
    assert (field, "needs 37.5 GHz" in message) == ("spacing_ghz", True)
    far = wanted(**{"spacing": 5e12, "max-nb-of-channel": 100})
    ((field, message),) = refused(tmp_path, requests=[far])
    assert (field, "ask for fewer" in message) == ("channels", True)


def hop(index, uid, kind):
    return {"index": index, "num-unnum-hop": {"node-id": uid, "hop-type": kind}}


def routed(*hops):
    return {**REQUEST, "explicit-route-objects": {"route-object-include-exclude": list(hops)}}


def test_a_route_is_followed_and_loose_hops_that_lie_elsewhere_are_left_out(tmp_path):
    found = asked(
        tmp_path, requests=[routed(hop(0, "roadm 1", "STRICT"), hop(1, "Site_B", "LOOSE"))]
    )
    assert "roadm 1" in found.propagation.path
    network = line("TF", "T")
    network["elements"].append({"uid": "Site_C", "type": "Transceiver"})
    network["connections"].append({"from_node": "roadm end", "to_node": "Site_C"})
    away = routed(hop(0, "Site_C", "LOOSE"))
    found = asked(tmp_path, requests=[away], network=network)
    assert "the loose ones are left out" in " ".join(one.message for one in found.warnings)
    assert found.propagation is not None
    strict = routed(hop(0, "Site_C", "STRICT"))
    assert asked(tmp_path, requests=[strict], network=network).propagation is None
