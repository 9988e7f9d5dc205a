"""How does a change of the load look as a drawing: what each wavelength gains or loses?"""

from collections.abc import Sequence

from karakoram.adapters.formats.report.frequency_ticks import frequency_ticks
from karakoram.adapters.formats.report.html import Markup, element
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import Band, band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.planning.photonic.load_light import LoadLight, WavelengthChange

_SIZE = (900.0, 420.0)
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 866.0, 80.0, 380.0
_TITLE_Y, _WORDS_Y = 20.0, 37.0
_AXIS_GAP = 17.0
_SPACE_GHZ = 25.0
_KEPT, _LOST = "#1f5fa8", "#c0392b"


def load_change_svg(after: LoadLight, changes: Sequence[WavelengthChange]) -> str:
    """A whole SVG file: the change of GSNR of every wavelength over its frequency."""
    centres_thz = {
        one.wavelength_id: after.wavelengths[one.wavelength_id].wavelength.slot.centre_ghz / 1e3
        for one in changes
    }
    lost = sum(one.is_lost for one in changes)
    title = "What the wavelengths already lit gain or lose"
    described = f"{len(changes)} wavelengths, {lost} of them beyond their margin."
    low = min(centres_thz.values(), default=193.0) - _SPACE_GHZ / 1e3
    high = max(centres_thz.values(), default=193.2) + _SPACE_GHZ / 1e3
    scale = StripScale(knots=((low, _LEFT), (high, _RIGHT)), sea_ratio=1.0)
    band = band_around([0.0, *(one.change_db for one in changes)], top=_TOP, bottom=_BOTTOM)
    return standalone_svg(
        Caption(drawing_id="what-if", title=title, description=described),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _WORDS_Y}, described),
        band_frame(band, scale=scale, heading="Change of GSNR by frequency [THz]", unit="dB"),
        *frequency_ticks(scale, y=_BOTTOM + _AXIS_GAP),
        *(_mark(scale.x(centres_thz[one.wavelength_id]), one, band=band) for one in changes),
        size=_SIZE,
    )


def _mark(x: float, one: WavelengthChange, *, band: Band) -> Markup:
    return element(
        "circle",
        {
            "cx": round(x, 1),
            "cy": round(band.y(one.change_db), 1),
            "r": 3.0,
            "fill": _LOST if one.is_lost else _KEPT,
        },
        element("title", {}, f"{one.wavelength_id}: {one.change_db:+.4f} dB"),
    )
