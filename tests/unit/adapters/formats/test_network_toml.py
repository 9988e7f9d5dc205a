import time
from dataclasses import replace

import pytest

from karakoram.adapters.formats import network_toml
from karakoram.adapters.formats.network_toml import (
    FIGURES,
    TYPE_IDS,
    settings_from_toml,
    stand_in_settings,
    toml_from_network,
)
from karakoram.core.provenance import Confidence
from karakoram.network.network import DesignRules
from tests.support.networks import SMALL_FOLDER, small_folder_network

NETWORK = small_folder_network()
TEXT = (SMALL_FOLDER / "karakoram.toml").read_text()


def findings_of(text):
    return settings_from_toml(text)[1]


def the_finding(old, new):
    assert old in TEXT
    (finding,) = findings_of(TEXT.replace(old, new, 1))
    assert finding.place.file == "karakoram.toml"
    return finding


def test_the_settings_are_those_of_the_network():
    settings, findings = settings_from_toml(TEXT)
    assert not findings
    assert settings.name == NETWORK.name
    assert settings.description == NETWORK.description
    assert settings.currency == NETWORK.currency
    assert settings.rules == NETWORK.rules


def test_writing_gives_the_text_that_was_read():
    assert toml_from_network(NETWORK) == TEXT


def test_any_text_is_escaped():
    name = 'a "quoted" \\ name\r\n\t é 💡 \u2028'
    settings, findings = settings_from_toml(toml_from_network(replace(NETWORK, name=name)))
    assert not findings
    assert settings.name == name


def test_a_character_that_steers_a_terminal_is_found():
    (finding,) = settings_from_toml(toml_from_network(replace(NETWORK, name="\x1b[31mX")))[1]
    assert finding.code == "control-character"


def test_a_whole_number_is_a_figure_and_optional_keys_may_be_missing():
    text = TEXT.replace("value = 80.0", "value = 80").replace('note = ""\n', "")
    settings, findings = settings_from_toml(text)
    assert not findings
    assert settings.rules == NETWORK.rules


def test_every_design_rule_is_a_figure_or_a_type():
    assert {*FIGURES, *TYPE_IDS} == set(DesignRules.__dataclass_fields__)


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("format_version = 1", "format_version = 2", "unknown-format-version", "format_version"),
        ("format_version = 1", "format_version = true", "wrong-type", "format_version"),
        ("format_version = 1", 'format_version = "1"', "wrong-type", "format_version"),
        ("format_version = 1\n", "", "missing-key", "format_version"),
        ('name = "Small example"', "name = 7", "wrong-type", "name"),
        ('currency = "USD"', "currency = [1]", "wrong-type", "currency"),
        ('currency = "USD"', "currency = {a = 1}", "wrong-type", "currency"),
        ('roadm_type_id = "ROADM"\n', "", "missing-key", "roadm_type_id"),
        ("value = 80.0", 'value = "80"', "not-a-number", "value"),
        ("value = 80.0", "value = true", "not-a-number", "value"),
        ("value = 80.0", "value = nan", "out-of-bounds", "value"),
        ("value = 80.0", "value = -inf", "out-of-bounds", "value"),
        ("value = 80.0", f"value = {'9' * 400}", "out-of-bounds", "value"),
        ("value = 80.0\n", "", "missing-key", "value"),
        ('confidence = "assumed"', 'confidence = "assured"', "unknown-word", "confidence"),
        ('confidence = "assumed"', "confidence = 1", "wrong-type", "confidence"),
        ('source_date = "2026-01-01"', "source_date = 2026-01-01", "wrong-type", "source_date"),
        ('note = ""', 'comment = ""', "unknown-key", "comment"),
    ],
)
def test_a_wrong_value_is_a_finding_in_its_key(old, new, code, field):
    finding = the_finding(old, new)
    assert (finding.code, finding.place.field) == (code, field)
    assert finding.place.row is not None


def test_a_finding_names_the_line_and_the_table():
    finding = the_finding('currency = "USD"', "currency = 3")
    assert str(finding.place) == "karakoram.toml row 5 (network), field currency"


def test_a_renamed_figure_is_unknown_and_missing_and_its_near_miss_is_told():
    unknown, missing = findings_of(TEXT.replace("[rules.margin_db]", "[rules.margin]"))
    assert (unknown.code, unknown.place.field) == ("unknown-key", "margin")
    assert unknown.message.endswith("did you mean margin_db?")
    assert (missing.code, missing.place.record) == ("missing-table", "rules.margin_db")


def test_an_unknown_table_is_a_finding():
    (finding,) = findings_of(TEXT + "\n[eqipment]\na = 1\n")
    assert finding.code == "unknown-key"
    assert "the file" in finding.message


def test_every_missing_table_is_named():
    records = [finding.place.record for finding in findings_of("")]
    assert records == ["network", "equipment", *(f"rules.{name}" for name in FIGURES)]


def test_a_value_in_the_place_of_a_table_is_a_finding():
    head = TEXT.split("[rules", maxsplit=1)[0]
    assert {finding.code for finding in findings_of("rules = 3\n" + head)} == {"wrong-type"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("[network\n", 1),
        ("a = 1\nb = \n", 2),
        ("a = " + "[" * 100_000, None),
        ("a = 2026-99-99\n", 1),
        ("a = " + "9" * 5_000 + "\n", None),
    ],
)
def test_what_is_no_toml_is_one_finding(text, row):
    (finding,) = findings_of(text)
    assert (finding.code, finding.place.file) == ("not-toml", "karakoram.toml")
    assert row is None or finding.place.row == row


def test_a_table_nested_too_deep_is_one_finding():
    deep = "name." + ".".join("a" * 30) + " = 1"
    finding = the_finding('name = "Small example"', deep)
    assert finding.message.startswith("a table must be text")


@pytest.mark.parametrize(
    "written", ["{} = 1", "[{}]", "x = {{ {} = 1 }}", "  {}   = 1", "[[ {} ]]"]
)
@pytest.mark.parametrize("part", ["a", '"a b"', "'c'"])
def test_a_key_of_thousands_of_parts_is_refused_before_it_is_read(written, part):
    key = " . ".join([part] * 20_000)
    started = time.process_time()
    (finding,) = findings_of("a = 1\n" + written.format(key) + "\n")
    assert (finding.code, finding.place.row) == ("not-toml", 2)
    assert "more than 32 parts" in finding.message
    assert time.process_time() - started < 1.0


def test_words_and_numbers_with_dots_are_no_keys():
    dotted = ".".join("a" * 40)
    described = TEXT.replace('description = "', f'description = "{dotted}')
    assert described != TEXT
    assert not findings_of(described)


def test_a_word_without_end_takes_no_time():
    started = time.process_time()
    findings_of("a" * 250_000 + " = 1\n")
    assert time.process_time() - started < 1.0


def test_something_stands_in_for_settings_in_error():
    assert stand_in_settings().rules.margin_db.provenance.confidence is Confidence.ASSUMED


def test_figures_that_contradict_each_other_are_a_finding(monkeypatch):
    def refused(**values):
        if values["margin_db"].value == 2.0:
            raise ValueError("DesignRules.margin_db must be above 2, got 2")
        return DesignRules(**values)

    refused.__name__ = "DesignRules"
    monkeypatch.setattr(network_toml, "DesignRules", refused)
    settings, (finding,) = settings_from_toml(TEXT)
    assert finding.code == "broken-rule"
    assert (finding.place.record, finding.place.field) == ("rules.margin_db", "value")
    assert finding.message == "margin_db must be above 2, got 2"
    assert settings.currency == "USD"
