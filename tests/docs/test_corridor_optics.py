"""The page on the light of the corridor is what the program writes today."""

import json
import os
import re
import subprocess
import sys

import pytest

from tools.corridor_optics import PAGE, PICTURE

WRITE = "import json; from tools.corridor_optics import *; print(json.dumps(corridor_optics()))"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def words_and_figures(text):
    """The text without its numbers, and the numbers."""
    return NUMBER.sub("#", text), [float(found.replace(",", "")) for found in NUMBER.findall(text)]


def assert_alike(kept, written, *, apart):
    """Figures may differ in what another processor rounds otherwise, words may not."""
    kept_words, kept_figures = words_and_figures(kept)
    words, figures = words_and_figures(written)
    assert kept_words == words, "write it anew with make corridor-optics"
    assert kept_figures == pytest.approx(figures, rel=2e-3, abs=apart)


def test_the_page_and_its_picture_are_what_the_program_writes():
    """In a process of its own: checks of every array type would take minutes."""
    done = subprocess.run(
        [sys.executable, "-c", WRITE],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    page, picture = json.loads(done.stdout)
    assert_alike(PAGE.read_text(encoding="utf-8"), page, apart=0.02)
    assert_alike(PICTURE.read_text(encoding="utf-8"), picture, apart=1.0)
