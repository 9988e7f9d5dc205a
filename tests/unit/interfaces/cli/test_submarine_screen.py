"""The light of a cable on the screen, and what it rests on."""

from rich.console import Console

from karakoram.interfaces.cli.submarine_screen import show_submarine
from tests.support.submarine import peace_answer, submarine_answer


def shown(answer, width=100):
    console = Console(width=width, markup=False)
    with console.capture() as capture:
        show_submarine(console, answer)
    return capture.get()


def test_the_screen_shows_lines_figures_and_what_is_assumed():
    text = " ".join(shown(peace_answer()).split())
    assert "PEACE CLS-CYB-MRS · 9,480.0 km" in text
    assert "from end to end 9,480.0" in text
    assert "83 spans of 69.9 km and 11.88 dB, 82 repeaters under the sea" in text
    assert "SNR_ASE [dB]" in text
    assert "Published design: 16.00 Tb/s a fibre pair." in text
    assert "assumed: repeater spacing 70 km, repeater output power 17.5 dBm" in text
    assert text.index("assumed: repeater spacing") < text.index("stated: length 5800 km")
    assert "9 of 30 channels" in text
    assert "kilometres are stated, GSNR and what is computed from it assumed" in text


def test_the_screen_says_that_no_mode_works():
    answer = submarine_answer(stated={"length_km": 30_000.0}, spacing="100")
    text = " ".join(shown(answer, width=80).split())
    assert "no mode of this slot width works without regeneration" in text
    assert "Published" not in text
    assert "from end to end 30" not in text
    assert max(map(len, shown(answer, width=80).splitlines())) <= 80
