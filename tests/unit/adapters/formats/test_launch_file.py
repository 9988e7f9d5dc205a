"""Launch powers are drawn into a file."""

from karakoram.adapters.formats.launch_file import write_launch_svg
from karakoram.adapters.formats.report.launch_svg import launch_svg
from tests.support.launches import wide_answer


def test_the_drawing_breaks_its_lines_between_the_bands(tmp_path):
    launch = wide_answer().launch
    drawing = launch_svg(launch, 0)
    assert "Launch powers from BBS to CHL" in drawing
    curves = [part.split('"')[0] for part in drawing.split(' d="')[1:]]
    assert [curve.count("M") for curve in curves] == [2, 2, 2, 2]
    write_launch_svg(launch, tmp_path / "launch.svg", row=0)
    assert (tmp_path / "launch.svg").read_text(encoding="utf-8") == drawing
