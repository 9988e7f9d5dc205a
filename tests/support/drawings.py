"""Drawings of a report as files of their own, to be looked at element by element."""

from karakoram.adapters.formats.report.map_svg import (
    ground_layers,
    map_description,
    map_sheets,
    service_layers,
)
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_svg import strip_drawing


def map_svg(network, *, paths=(), is_detail=False):
    """One map as an SVG file of its own: the paths over the whole network, on light ground.

    Parameters
    ----------
    network
        The network that the paths are on; at least one site.
    paths
        Paths of one service; none shows the network alone.
    is_detail
        Whether to show the country with most sites larger; where one map shows it all, it does.
    """
    sheets = map_sheets(network, paths)
    projection = sheets.detail if is_detail and sheets.detail else sheets.overview
    roles = ", ".join(path.role.value for path in paths)
    return standalone_svg(
        Caption(
            drawing_id="map",
            title=f"{network.name}: {roles}" if roles else network.name,
            description=map_description(network, paths),
        ),
        ground_layers(network, projection=projection),
        service_layers(network, paths, sheets=sheets, is_detail=is_detail),
        size=(projection.width, projection.height),
    )


def strip_svg(network, path):
    """The strip diagram of a path, as it stands in its page."""
    return strip_drawing(network, path, drawing_id="strip")
