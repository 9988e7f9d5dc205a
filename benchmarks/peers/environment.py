"""Where does a peer live that no test needs? In an environment of its own, made when asked for.

Nothing of a peer is ever installed beside the product: ``.venv-peers/NAME`` holds the packages
that ``NAME.txt`` pins, and a benchmark talks to it in JSON, process to process.
"""

import json
import subprocess
import venv
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parents[1] / ".venv-peers"
LIMIT_S = 600
"""A peer that has not answered by then has failed."""


def pins(peer: str) -> str:
    """The packages of a peer, each with its version, as pip reads them."""
    return (HERE / f"{peer}.txt").read_text(encoding="utf-8")


def stamp(peer: str) -> Path:
    """The file that says from which pins an environment was made."""
    return ENVIRONMENTS / peer / "pins"


def python(peer: str) -> Path:
    return ENVIRONMENTS / peer / "bin" / "python"


def is_set_up(peer: str) -> bool:
    """Whether the environment is there, made from the pins as they stand now."""
    file = stamp(peer)
    return file.is_file() and file.read_text(encoding="utf-8") == pins(peer)


def set_up(peer: str) -> bool:
    """Make the environment unless it is there; whether it is there now.

    The pins are installed without what they depend on, so that they say everything there is.
    """
    if is_set_up(peer):
        return True
    print(f"Setting up {ENVIRONMENTS.name}/{peer} ...", flush=True)
    try:
        venv.create(ENVIRONMENTS / peer, clear=True, symlinks=True, with_pip=True)
    except subprocess.CalledProcessError:  # Debian keeps pip's part in python3-venv
        return False
    install = [str(python(peer)), "-m", "pip", "install", "-qq", "--no-input"]
    install += ["--disable-pip-version-check", "--no-deps", "--requirement"]
    ended = subprocess.run([*install, str(HERE / f"{peer}.txt")], check=False)
    if ended.returncode == 0:
        stamp(peer).write_text(pins(peer), encoding="utf-8")
    return ended.returncode == 0


def answer(peer: str, question: dict[str, Any]) -> dict[str, Any]:
    """What ``NAME.py`` says to a question, run by the Python of the peer's environment."""
    ended = subprocess.run(
        [str(python(peer)), str(HERE / f"{peer}.py")],
        input=json.dumps(question),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=LIMIT_S,
    )
    return json.loads(ended.stdout)
