"""The page on the light of the corridor is what the program writes today."""

import json
import os
import subprocess
import sys

from tools.corridor_optics import PAGE, PICTURE

WRITE = "import json; from tools.corridor_optics import *; print(json.dumps(corridor_optics()))"


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
    again = "write it anew with make corridor-optics"
    assert PAGE.read_text(encoding="utf-8") == page, again
    assert PICTURE.read_text(encoding="utf-8") == picture, again
