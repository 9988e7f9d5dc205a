"""How does blocking rise with the load, as a drawing with its intervals?"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from karakoram.adapters.formats.report.html import Attributes, Markup, element, fragment
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.usecases.simulate.simulate_traffic import LoadAnswer, TrafficAnswer

_SIZE = (900.0, 470.0)
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 866.0, 80.0, 420.0
_TITLE_Y, _WORDS_Y, _AXIS_GAP = 20.0, 37.0, 17.0
_COLOUR = "#1f5fa8"
_MARK, _CAP = 3.5, 5.0
_LOAD_LABELS_MAX = 12
_LEAST_SHOWN = 1e-7
"""The scale is logarithmic and ends somewhere."""


def traffic_svg(answer: TrafficAnswer) -> str:
    """A whole SVG file: the share of requests refused over the load, with its intervals."""
    loads = sorted(answer.loads, key=lambda one: one.load_erlang)
    question = answer.question
    title = f"Requests refused on {answer.topology.name} by {question.heuristic}"
    described = (
        f"k = {question.k} by {question.order}, {question.slots} slots; bars hold the truth in 95 "
        f"of 100 such runs. Path list {answer.paths.path_list_sha256[:12]}."
    )
    low, high = loads[0].load_erlang, loads[-1].load_erlang
    room = 0.05 * (high - low) or 0.1 * high
    scale = StripScale(knots=((low - room, _LEFT), (high + room, _RIGHT)), sea_ratio=1.0)
    decades = _decades(loads)
    return standalone_svg(
        Caption(drawing_id="traffic", title=title, description=described),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _WORDS_Y}, described),
        _frame(decades),
        *_load_labels(loads, scale=scale),
        _curve(loads, scale=scale, decades=decades),
        *(_interval(one, x=scale.x(one.load_erlang), decades=decades) for one in loads),
        size=_SIZE,
    )


def _decades(loads: Sequence[LoadAnswer]) -> tuple[int, int]:
    """Powers of ten between which everything lies."""
    blocking = [one.figures.blocking for one in loads]
    shown = [value for one in blocking for value in (one.value, one.high) if value > 0.0]
    least = max(min(shown, default=0.01), _LEAST_SHOWN)
    most = max(max(shown, default=1.0), _LEAST_SHOWN)
    low = floor(log10(least))
    return low, max(ceil(log10(most)), low + 1)


def _y(share: float, decades: tuple[int, int]) -> float:
    low, high = decades
    place = (log10(max(share, 10.0**low)) - low) / (high - low)
    return round(_BOTTOM - min(place, 1.0) * (_BOTTOM - _TOP), 1)


def _frame(decades: tuple[int, int]) -> Markup:
    ground: Attributes = {
        "class": "band",
        "x": _LEFT,
        "y": _TOP,
        "width": _RIGHT - _LEFT,
        "height": _BOTTOM - _TOP,
    }
    heading = "Share of requests refused, logarithmic, by nominal load in erlang [%]"
    return fragment(
        element("rect", ground),
        *(_grid_line(10.0**power, decades) for power in range(decades[0], decades[1] + 1)),
        element("text", {"class": "heading", "x": _LEFT, "y": _TOP - 7}, heading),
    )


def _grid_line(share: float, decades: tuple[int, int]) -> Markup:
    y = _y(share, decades)
    words: Attributes = {"class": "small", "x": _LEFT - 6, "y": y + 4, "text-anchor": "end"}
    return fragment(
        element("line", {"class": "grid", "x1": _LEFT, "x2": _RIGHT, "y1": y, "y2": y}),
        element("text", words, f"{100.0 * share:g}"),
    )


def _load_labels(loads: Sequence[LoadAnswer], *, scale: StripScale) -> Iterator[Markup]:
    step = -(-len(loads) // _LOAD_LABELS_MAX)
    for one in loads[::step]:
        x = round(scale.x(one.load_erlang), 1)
        words: Attributes = {
            "class": "small",
            "x": x,
            "y": _BOTTOM + _AXIS_GAP,
            "text-anchor": "middle",
        }
        yield element("text", words, f"{one.load_erlang:g}")


def _curve(loads: Sequence[LoadAnswer], *, scale: StripScale, decades: tuple[int, int]) -> Markup:
    points = [(scale.x(one.load_erlang), _y(one.figures.blocking.value, decades)) for one in loads]
    return element("path", {"d": path_data(points), "fill": "none", "stroke": _COLOUR})


def _interval(one: LoadAnswer, *, x: float, decades: tuple[int, int]) -> Markup:
    blocking = one.figures.blocking
    low, middle, high = (
        _y(share, decades) for share in (blocking.low, blocking.value, blocking.high)
    )
    bar = path_data([(x, low), (x, high)])
    caps = "".join(path_data([(x - _CAP, y), (x + _CAP, y)]) for y in (low, high))
    told = (
        f"{one.load_erlang:g} E: {100.0 * blocking.value:.4g} % "
        f"[{100.0 * blocking.low:.4g}, {100.0 * blocking.high:.4g}]"
    )
    return element(
        "g",
        {"stroke": _COLOUR, "fill": _COLOUR},
        element("title", {}, told),
        element("path", {"d": bar + caps, "fill": "none"}),
        element("circle", {"cx": round(x, 1), "cy": middle, "r": _MARK}),
    )
