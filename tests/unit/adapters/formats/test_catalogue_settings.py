"""``catalogue.toml`` says a name and a description, or what is wrong with it."""

import pytest

from karakoram.adapters.formats.catalogue_settings import (
    CatalogueSettings,
    settings_from_toml,
    toml_from_settings,
)


@pytest.mark.parametrize("text", ["plain", 'with "quotes" and \\', "é 中", "a\tb\nc", ""])
def test_what_is_written_is_read_again(text):
    settings = CatalogueSettings(name=f"n{text}", description=text)
    assert settings_from_toml(toml_from_settings(settings)) == (settings, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("format_version = true\n[catalogue]\nname = 'n'", "format-version"),
        ("[catalogue]\nname = 'n'", "format-version"),
        ("format_version = 1\ncatalogue = 3", "missing-table"),
        ("format_version = 1\n[catalogue]\nname = 3", "not-text"),
        ("format_version = 1\n[catalogue]\ndescription = 'd'", "not-text"),
        ("format_version = 1\n[catalogue]\nname = 'n'\ntitle = 't'", "unknown-key"),
        (
            "format_version = 1\n[catalogue]\nname = 'n'\ndescription = \"\\u0007\"",
            "control-character",
        ),
        ("x = " + "[" * 5000, "not-toml"),
    ],
)
def test_what_is_wrong_is_said(text, code):
    assert [finding.code for finding in settings_from_toml(text)[1]] == [code]
