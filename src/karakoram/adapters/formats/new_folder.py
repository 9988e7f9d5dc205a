"""How do files come into a folder that is yet to be made: all of them, or none?"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from karakoram.core.errors import RefusedError


def refuse_no_parent(folder: Path) -> None:
    """Refuse to make a folder inside one that is not there: nobody asked for that one.

    Raises
    ------
    RefusedError
        Naming the folder that is missing.
    """
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise RefusedError(f"cannot write {folder}: there is no folder {parent}; make it first")


def write_new_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files into a folder that is not there yet, or is empty.

    They are written beside it first, so that a full disk leaves nothing behind.

    Parameters
    ----------
    folder
        Where they go.
    texts
        Their contents by name; written as UTF-8.

    Raises
    ------
    RefusedError
        If the folder holds something, or the disk refuses.
    """
    refuse_no_parent(folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RefusedError(f"{folder} is not empty; name a folder that is yet to be made")
        with tempfile.TemporaryDirectory(prefix=".karakoram-", dir=folder.parent) as scratch:
            written = Path(scratch) / "new"
            written.mkdir()
            for name, text in texts.items():
                (written / name).write_bytes(text.encode("utf-8"))
            written.replace(folder)
    except OSError as error:
        raise RefusedError(f"cannot write {folder}: {error.strerror or error}") from error
