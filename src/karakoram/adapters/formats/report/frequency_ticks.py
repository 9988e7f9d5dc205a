"""At which round frequencies does a drawing have figures?"""

from collections.abc import Iterator

from karakoram.adapters.formats.report.html import Markup, element
from karakoram.adapters.formats.report.strip_scale import StripScale

_STEPS_THZ = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_TICKS_MAX = 12
_TINY = 1e-9


def frequency_ticks(scale: StripScale, *, y: float) -> Iterator[Markup]:
    """Figures at round frequencies, all with as many digits.

    Parameters
    ----------
    scale
        THz to units of the drawing.
    y
        Where the figures stand, in units of the drawing.
    """
    low, high = scale.knots[0][0], scale.knots[-1][0]
    step = next((s for s in _STEPS_THZ if (high - low) / s <= _TICKS_MAX), _STEPS_THZ[-1])
    digits = max(len(f"{step:g}".partition(".")[2]), 1)
    number = int(-(-(low - _TINY) // step))
    while number * step <= high + _TINY:
        thz = number * step
        yield element(
            "text",
            {"class": "small", "x": round(scale.x(thz), 1), "y": y, "text-anchor": "middle"},
            f"{thz:.{digits}f}",
        )
        number += 1
