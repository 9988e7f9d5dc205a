import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.usecases.light.path_question import PropagationQuestion, transceiver_id_from_word
from karakoram.usecases.light.propagate_path import propagate_path
from tests.support.light_files import equipment, joined, line, write_files


def photonics(folder, network=None, library=None, **more):
    files = write_files(folder, network=network or line("TF", "T"), library=library or equipment())
    return GnpyFiles(network=files[0], equipment=files[1], **more)


def asked(folder, *, network=None, library=None, plotter=None, **changes):
    question = {"from_word": "Site_A", "to_word": "Site_B", "is_designed": False, **changes}
    return propagate_path(
        PropagationQuestion(**question),
        photonics=photonics(folder, network, library),
        plotter=plotter,
    )


def refused_fields(folder, **changes):
    with pytest.raises(InvalidDataError) as refused:
        asked(folder, **changes)
    return [(found.place.field, found.message) for found in refused.value.findings]


@pytest.mark.parametrize("word", ["Site_A", "site_a", " SITE_A ", "e_a"])
def test_a_transceiver_is_named_in_any_case_or_by_a_part_of_its_name(tmp_path, word):
    assert asked(tmp_path, from_word=word).from_id == "Site_A"


def test_words_that_mean_nothing_are_told_with_what_they_may_have_meant(tmp_path):
    (from_field, from_words), (to_field, to_words) = refused_fields(
        tmp_path, from_word="Sito_A", to_word="span 1"
    )
    assert (from_field, to_field) == ("from", "to")
    assert from_words.endswith("Did you mean Site_A, Site_B?")
    assert "'span 1' is a fibre, no transceiver" in to_words


def test_a_word_that_means_several_is_told_with_all_of_them(tmp_path):
    ((_, words),) = refused_fields(tmp_path, from_word="site")
    assert "2 transceivers: Site_A, Site_B" in words
    given = photonics(tmp_path).read_photonics()
    with pytest.raises(NotFoundError):
        transceiver_id_from_word(given.network, "")


def test_light_does_not_end_where_it_begins(tmp_path):
    ((field, words),) = refused_fields(tmp_path, to_word="Site_A")
    assert field == "to"
    assert "two transceivers" in words


def test_where_no_way_leads_nothing_is_lit(tmp_path):
    found = asked(tmp_path, from_word="Site_B", to_word="Site_A")
    assert found.propagation is None


def test_scattering_is_on_unless_it_is_left_out(tmp_path):
    on, off = (asked(tmp_path, scatters=scatters).propagation for scatters in (True, False))
    lifted = on.received.osnr_db - off.received.osnr_db
    assert lifted[0] > 0.01 > -0.01 > lifted[-1]


def test_what_a_network_leaves_open_is_designed_unless_it_is_to_be_taken_as_it_is(tmp_path):
    network = line("TF", "T")
    for element in network["elements"]:
        if element["type"] == "Edfa":
            del element["operational"]
    assert refused_fields(tmp_path, network=network)
    designed = asked(tmp_path, network=network, is_designed=True)
    assert designed.propagation is not None


def test_the_plot_is_written_where_it_was_asked_for(tmp_path):
    class Kept:
        def write_plot(self, propagation):
            self.propagation = propagation

    kept = Kept()
    assert asked(tmp_path, plotter=kept).propagation is kept.propagation


def test_findings_of_all_files_are_told_at_once(tmp_path):
    spectrum, simulation = tmp_path / "spectrum.json", tmp_path / "sim.json"
    spectrum.write_text("{}", encoding="utf-8")
    simulation.write_text("[]", encoding="utf-8")
    network = joined([{"uid": "A", "type": "Receiver"}, {"uid": "B", "type": "Transceiver"}])
    with pytest.raises(InvalidDataError) as refused:
        photonics(tmp_path, network, spectrum=spectrum, simulation=simulation).read_photonics()
    files = {found.place.file for found in refused.value.findings}
    assert files == {"spectrum.json", "sim.json", "network.json"}


def test_a_network_is_not_read_without_its_equipment(tmp_path):
    source = photonics(tmp_path)
    (tmp_path / "equipment.json").write_text("{", encoding="utf-8")
    with pytest.raises(InvalidDataError) as refused:
        source.read_photonics()
    assert {found.place.file for found in refused.value.findings} == {"equipment.json"}


def test_spectrum_and_simulation_parameters_are_handed_on(tmp_path):
    spectrum, simulation = tmp_path / "spectrum.json", tmp_path / "sim.json"
    part = '{"f_min": 192e12, "f_max": 193e12, "baud_rate": 32e9, "slot_width": 50e9, '
    spectrum.write_text(f'{{"spectrum": [{part} "roll_off": 0.1}}]}}', encoding="utf-8")
    simulation.write_text('{"nli_params": {"method": "ggn_approx"}}', encoding="utf-8")
    source = photonics(tmp_path, spectrum=spectrum, simulation=simulation)
    found = propagate_path(
        PropagationQuestion(from_word="Site_A", to_word="Site_B", is_designed=False),
        photonics=source,
    )
    assert found.propagation.frequency_thz.size == 21


def codes(found):
    return [finding.code for finding in found.warnings]


def test_a_stated_gain_that_the_design_replaces_is_not_warned_of(tmp_path):
    assert "gain-below-minimum" in codes(asked(tmp_path))
    telling = [one.message for one in asked(tmp_path, is_designed=True).warnings]
    assert not any("it will be padded" in words for words in telling)
    library = equipment()
    library["Span"][0]["power_mode"] = False
    kept = asked(tmp_path, library=library, is_designed=True)
    assert any("it will be padded" in one.message for one in kept.warnings)


def test_what_is_found_on_the_way_names_the_file_of_its_culprit(tmp_path):
    network = line("T")
    del network["elements"][2]["operational"]["gain_target"]
    with pytest.raises(InvalidDataError) as refused:
        asked(tmp_path, network=network)
    assert {one.place.file for one in refused.value.findings} == {"network.json"}
    lossy = line("T")
    lossy["elements"][3]["params"]["con_in"] = 99
    with pytest.raises(InvalidDataError) as refused:
        asked(tmp_path, network=lossy, is_designed=True)
    (found,) = refused.value.findings
    assert found.where == "network.json (span 1), field connector_in_db"


def test_light_that_no_amplifier_passes_is_told_of_the_file_that_states_it(tmp_path):
    with pytest.raises(InvalidDataError) as refused:
        asked(tmp_path, library=equipment(f_min=187.0e12, f_max=188.0e12))
    (found,) = refused.value.findings
    assert (found.code, found.where) == ("no-light-in-band", "equipment.json, field SI")
    spectrum = tmp_path / "spectrum.json"
    part = '{"f_min": 187e12, "f_max": 188e12, "baud_rate": 32e9, "slot_width": 50e9, '
    spectrum.write_text(f'{{"spectrum": [{part} "roll_off": 0.1}}]}}', encoding="utf-8")
    with pytest.raises(InvalidDataError) as refused:
        propagate_path(
            PropagationQuestion(from_word="Site_A", to_word="Site_B", is_designed=False),
            photonics=photonics(tmp_path, spectrum=spectrum),
        )
    (found,) = refused.value.findings
    assert found.where == "spectrum.json, field spectrum"
