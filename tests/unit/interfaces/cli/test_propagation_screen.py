from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from karakoram.interfaces.cli.propagation_screen import (
    CHANNELS_SHOWN_MAX,
    show_propagation,
)
from karakoram.interfaces.cli.remarks_screen import ASSUMPTIONS_SHOWN_MAX, FINDINGS_SHOWN_MAX
from tests.support.propagation_answers import answer


def shown(found, width=80):
    file = StringIO()
    show_propagation(Console(file=file, width=width, markup=False, highlight=False), found)
    return " ".join(file.getvalue().split())


def test_mean_least_and_most_stand_side_by_side():
    assert "GSNR in 0.1 nm [dB] 15.00 10.00 20.00" in shown(answer())


def test_no_zero_has_a_sign_and_no_noise_is_a_dash():
    words = shown(answer())
    assert "-0.00" not in words
    assert "1,234.5 A Transceiver - - 0.00 - -" in words
    assert "1,234.5 edfa std 20.00 5.50 0.00 15.00 15.00" in words


@pytest.mark.parametrize("count", [1, CHANNELS_SHOWN_MAX, CHANNELS_SHOWN_MAX + 1, 96])
def test_the_ends_of_the_comb_are_shown_and_how_many_are_not(count):
    words = shown(answer(count))
    assert "191.3000" in words
    assert f"{191.3 + 0.05 * (count - 1):.4f}" in words
    assert (f"of {count} channels; --json shows all" in words) is (count > CHANNELS_SHOWN_MAX)


def test_the_model_of_interference_is_named():
    assert "Nonlinear model: ggn_approx" in shown(answer())


def test_channels_that_are_not_lit_are_counted():
    assert "2 channels from 190.1000 to 190.2000 THz" in shown(answer(unlit=(190.1, 190.2)))
    assert "Not lit" not in shown(answer())


def test_warnings_are_told_as_many_as_fit():
    words = shown(answer(warnings=FINDINGS_SHOWN_MAX + 2))
    assert words.count("is odd") == FINDINGS_SHOWN_MAX
    assert "and 2 more" in words


def test_what_files_leave_out_is_told_with_what_counts_instead():
    words = shown(answer(assumptions=ASSUMPTIONS_SHOWN_MAX + 1))
    assert "net.json elements[].params.att_in 3 padding_db = 0" in words
    assert "and 1 more; --json shows all" in words
    assert "leave out" not in shown(answer())


def test_without_a_way_only_that_is_said():
    found = replace(answer(), propagation=None)
    assert shown(found) == "A to Z There is no way; connections of the network lead elsewhere."
