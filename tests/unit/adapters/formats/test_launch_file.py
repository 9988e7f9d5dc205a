"""Launch powers are drawn into a file."""

import re

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


def texts(drawing):
    """The class, place, anchor and words of every text of a drawing."""
    found = re.findall(r"<text ([^>]*)>([^<]*)</text>", drawing)
    return [(dict(re.findall(r'([a-z-]+)="([^"]*)"', tag)), words) for tag, words in found]


def test_no_word_of_the_drawing_is_cut_at_its_edge():
    drawing = launch_svg(wide_answer().launch, 0)
    width = float(re.search(r' width="([0-9.]+)"', drawing)[1])
    letter = {"small": 6.3, "heading": 7.6, "key": 7.6}
    for tag, words in texts(drawing):
        share = {"middle": 0.5, "end": 0.0}.get(tag.get("text-anchor"), 1.0)
        assert float(tag["x"]) + share * letter[tag["class"]] * len(words) < width - 5.0, words


def test_frequencies_are_marked_at_round_figures():
    drawing = launch_svg(wide_answer().launch, 0)
    marks = [words for tag, words in texts(drawing) if re.fullmatch(r"1[89]\d\.\d+", words)]
    assert len(marks) >= 8
    assert all(words.endswith((".0", ".5")) for words in marks)
