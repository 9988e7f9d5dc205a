from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from karakoram.core.findings import Finding, Place, Severity
from karakoram.interfaces.cli.propagation_screen import (
    CHANNELS_SHOWN_MAX,
    WARNINGS_SHOWN_MAX,
    show_propagation,
)
from karakoram.planning.photonic.propagation_records import (
    ChannelFigures,
    ElementFigures,
    PathPropagation,
)
from karakoram.usecases.propagate_path import PropagationAnswer


def figures(count, *, noisy=True):
    names = ("power_dbm", "cd_ps_per_nm", "pmd_ps", "pdl_db")
    ratios = ("gsnr_db", "gsnr_01nm_db", "osnr_db", "osnr_01nm_db")
    values = {name: np.linspace(-0.001, 0.0, count) for name in names}
    ratio = np.linspace(10.0, 20.0, count) if noisy else np.full(count, np.inf)
    return ChannelFigures(**values, **dict.fromkeys(ratios, ratio))


def element(element_id, count, *, noisy, **details):
    return ElementFigures(
        element_id=element_id,
        kind="Edfa" if details else "Transceiver",
        type_id="std" if details else None,
        position_km=1234.5,
        latency_ms=1.0,
        channels=figures(count, noisy=noisy),
        details=details,
    )


def answer(count=40, *, unlit=(), warnings=0):
    warning = Finding(
        code="odd",
        place=Place(table="elements", record="edfa", field="settings"),
        message="is odd",
        severity=Severity.WARNING,
    )
    light = PathPropagation(
        path=("A", "Z"),
        frequency_thz=191.3 + 0.05 * np.arange(count),
        labels=("",) * count,
        received=figures(count),
        latency_ms=6.0,
        length_km=1234.5,
        elements=(
            element("A", count, noisy=False),
            element("edfa", count, noisy=True, gain_db=20.0, noise_figure_db=5.5),
        ),
        unlit_thz=unlit,
        warnings=(),
    )
    return PropagationAnswer(
        from_id="A", to_id="Z", propagation=light, warnings=(warning,) * warnings
    )


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


def test_channels_that_are_not_lit_are_counted():
    assert "2 channels from 190.1000 to 190.2000 THz" in shown(answer(unlit=(190.1, 190.2)))
    assert "Not lit" not in shown(answer())


def test_warnings_are_told_as_many_as_fit():
    words = shown(answer(warnings=WARNINGS_SHOWN_MAX + 2))
    assert words.count("is odd") == WARNINGS_SHOWN_MAX
    assert "and 2 more" in words


def test_without_a_way_only_that_is_said():
    found = PropagationAnswer(from_id="A", to_id="Z", propagation=None, warnings=())
    assert shown(found) == "A to Z There is no way; connections of the network lead elsewhere."
