import numpy as np
import pytest

from karakoram.adapters.formats.report.propagation_svg import propagation_svg
from karakoram.planning.photonic.propagation_records import (
    ChannelFigures,
    ElementFigures,
    PathPropagation,
)
from tests.support.markup import tree


def light(count, *, path=("A", "Z")):
    names = ChannelFigures.__slots__
    received = ChannelFigures(**{name: np.linspace(10.0, 12.0, count) for name in names})
    noiseless = np.full(count, np.inf)
    quiet = {name: noiseless if "snr" in name else np.zeros(count) for name in names}
    elements = tuple(
        ElementFigures(
            element_id=str(number),
            kind=kind,
            type_id=None,
            position_km=80.0 * number,
            latency_ms=0.0,
            channels=ChannelFigures(**quiet),
            details={},
        )
        for number, kind in enumerate(("Transceiver", "Roadm", "Fiber"))
    )
    return PathPropagation(
        path=path,
        frequency_thz=191.3 + 0.05 * np.arange(count),
        labels=("",) * count,
        received=received,
        latency_ms=1.0,
        length_km=160.0,
        elements=elements,
        unlit_thz=(),
        warnings=(),
    )


@pytest.mark.parametrize("count", [1, 2, 97, 300])
def test_any_number_of_channels_is_drawn_within_the_frame(count):
    root = tree(propagation_svg(light(count)))
    numbers = [
        float(value)
        for element in root.iter()
        for name in ("x", "x1", "x2")
        if (value := element.get(name)) is not None
    ]
    assert min(numbers) >= 0.0
    assert max(numbers) <= 900.0


def test_frequencies_on_the_axis_are_round_and_few():
    texts = [element.text for element in tree(propagation_svg(light(97))).iter() if element.text]
    ticks = [text for text in texts if text in {"192", "193", "194", "195", "196"}]
    assert len(ticks) == 2 * 5


def test_each_roadm_is_a_stroke():
    root = tree(propagation_svg(light(3)))
    assert sum(element.get("class") == "regenerator" for element in root.iter()) == 1


def test_names_cannot_break_the_drawing():
    root = tree(propagation_svg(light(3, path=("<b>&", '"Z"'))))
    assert any("<b>&" in (element.text or "") for element in root.iter())
