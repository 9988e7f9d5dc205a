"""Would a file that a command writes take the place of another that it reads or writes?"""

from collections.abc import Mapping
from itertools import combinations
from os.path import realpath
from pathlib import Path

import typer

from karakoram.core.cells import shown

Files = Mapping[str, Path | None]
"""By the option that names each; ``None`` where it was not given."""


def refuse_overwriting(*, written: Files, read: Files) -> None:
    """Refuse files to write that are read as well, or asked for twice, before anything is done.

    Parameters
    ----------
    written, read
        Files that a command writes and those it reads.

    Raises
    ------
    typer.BadParameter
        With the two options that name one file.
    """
    for option, path in written.items():
        for other, source in read.items():
            if _are_one_file(path, source):
                raise typer.BadParameter(
                    f"{option} would overwrite {shown(str(source))}, which {other} reads; "
                    "name another file"
                )
    for (option, path), (other, second) in combinations(written.items(), 2):
        if _are_one_file(path, second):
            raise typer.BadParameter(
                f"{option} and {other} name one and the same file, {shown(str(path))}; "
                "name another for one of them"
            )


def _are_one_file(one: Path | None, other: Path | None) -> bool:
    if one is None or other is None:
        return False
    if one.exists() and other.exists():
        return one.samefile(other)
    return realpath(one) == realpath(other)
