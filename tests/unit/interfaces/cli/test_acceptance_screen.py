"""Measured channels on the screen: the verdict first, the worst channels always."""

from rich.console import Console

from karakoram.interfaces.cli.acceptance_screen import CHANNELS_SHOWN_MAX, show_judged
from tests.support.measured import channel, judged


def shown(*channels, width=100):
    (way,) = judged(*channels)
    console = Console(width=width, markup=False, highlight=False)
    with console.capture() as capture:
        show_judged(console, way, reference_gbaud=50.0)
    return capture.get()


def test_pass_and_fail_stand_by_channel():
    text = shown(channel("1", gsnr_db=13.5), channel("2", thz=193.75, gsnr_db=12.0))
    words = " ".join(text.split())
    assert "Measured, A-Z: FAIL" in words
    assert "1 of 2 channels keep the contract GSNR; the mean is -0.25 dB above it" in words
    assert "13.50 14.56 13.00 +0.50 pass" in words
    assert "12.00 15.58 13.00 -1.00 FAIL" in words
    assert max(map(len, text.splitlines())) <= 100


def test_a_line_that_keeps_all_passes():
    assert "Measured, A-Z: pass" in shown(channel(gsnr_db=13.5))


def test_of_many_channels_the_worst_are_shown():
    count = CHANNELS_SHOWN_MAX + 3
    many = [channel(str(n), thz=193.6 + 0.005 * n, gsnr_db=20.0 - n / 100) for n in range(count)]
    words = " ".join(shown(*many).split())
    assert f"{CHANNELS_SHOWN_MAX} of {count} channels, the worst" in words
    assert "193.6000" not in words
    assert f"{193.6 + 0.005 * (count - 1):.4f}" in words
