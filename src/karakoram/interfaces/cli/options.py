"""Which arguments and options do several commands share?"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

ASite = Annotated[str, typer.Argument(metavar="A", help="Site at one end, by identifier or name.")]
ZSite = Annotated[str, typer.Argument(metavar="Z", help="Site at the other end.")]
BitRate = Annotated[
    str, typer.Option("--bit-rate", metavar="RATE", help="Bit rate, e.g. 400G, 100G or 0.8T.")
]
Avoid = Annotated[
    list[str],
    typer.Option(
        "--avoid",
        metavar="WORD",
        help="Site, span, operator or cable not to touch (repeatable); cable:PEACE says the kind.",
    ),
]
Include = Annotated[
    list[str],
    typer.Option(
        "--include",
        metavar="STATUS",
        help="Also use what is option, planned or retired (repeatable).",
    ),
]
OnDay = Annotated[
    datetime | None,
    typer.Option(
        "--on", metavar="DATE", formats=["%Y-%m-%d"], help="Day whose prices hold; else today."
    ),
]
NetworkFolder = Annotated[
    Path | None,
    typer.Option("--network", metavar="FOLDER", help="Network folder; else the corridor."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, errors too.")]
