"""How does a command end when something is wrong? With one clear message, never a traceback."""

import errno
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import TracebackType

import typer

from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.adapters.formats.network_tables import LIBRARY_TABLES, NETWORK_TABLES, file_name
from karakoram.adapters.formats.network_toml import FILE as SETTINGS_FILE
from karakoram.core.errors import (
    BatchRefusedError,
    InvalidDataError,
    KarakoramError,
    NotFoundError,
    RefusedError,
)
from karakoram.core.findings import Finding, errors_of
from karakoram.interfaces.cli.streams import (
    drop_output,
    output_refusal,
    refusal_text,
    tell_line,
)
from karakoram.interfaces.cli.usage import json_from_error, printed_as_json
from karakoram.usecases.words import QUESTION

TRACEBACK_VARIABLE = "KARAKORAM_TRACEBACK"
"""Set it to any value to see where a bug in the program is."""

FINDINGS_ON_SCREEN_MAX = 20

_WRITING_REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF)
"""What only writing meets; whoever writes a file says which, so without a name it is the output."""

_PATH_CHARACTERS_MAX = 200

_NETWORK_FILES = frozenset(
    (SETTINGS_FILE, *(file_name(table) for table in (*NETWORK_TABLES, *LIBRARY_TABLES)))
)
"""Files of a network folder."""

_NETWORK_NAMES = frozenset(name.partition(".")[0] for name in _NETWORK_FILES) | {"network"}
"""How findings without a file name what is in a network."""

CONFIGURATION = "configuration"
"""The table that findings about chosen values name; its records are not imported for the name."""

_ARGUMENTS: Mapping[str, str] = {
    "a_site": "A",
    "z_site": "Z",
    "operator": "OPERATOR",
    "offering": "OFFERING",
    "demand": "A, Z and options",
}
"""How the fields of a question stand on the command line, where they are no options."""


class ExitCode(IntEnum):
    """What a command tells the shell."""

    DONE = 0
    INFEASIBLE = 1
    """The question is sound; the answer is no."""
    BAD_INPUT = 2
    INTERNAL = 70
    """A bug of the program (EX_SOFTWARE of sysexits.h)."""
    INTERRUPTED = 130
    """128 and the number of SIGINT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong, for people and programs."""

    code: str
    message: str
    exit_code: ExitCode = ExitCode.BAD_INPUT
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FailuresTold:
    """Inside this context every error is told to the user and ends the command."""

    as_json: bool
    """Whether the error goes to the standard output as JSON."""

    def __enter__(self) -> None:
        """Begin the command."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Tell the error, if any, and leave with its exit code."""
        if error is None or _is_typers_own(error):
            return
        failure = _failure(error)
        if failure.exit_code is ExitCode.INTERNAL and TRACEBACK_VARIABLE in os.environ:
            return
        if not (self.as_json and printed_as_json(_json_from_failure(failure))):
            tell(failure)
            if output_refusal() is not None:
                drop_output()
        raise typer.Exit(failure.exit_code) from None


def tell(failure: Failure) -> None:
    """Print the failure to the standard error, if there is one."""
    findings = (f"  {line}" for line in lines_from_findings(failure.findings))
    for line in (f"Error: {failure.message}", *findings):
        tell_line(line)


def lines_from_findings(findings: tuple[Finding, ...]) -> Iterable[str]:
    """One line a finding, as many as fit on a screen, and how many more there are."""
    for finding in findings[:FINDINGS_ON_SCREEN_MAX]:
        yield f"{_place(finding)}: {finding.message}"
    more = len(findings) - FINDINGS_ON_SCREEN_MAX
    if more > 0:
        yield f"and {more} more; --json shows all"


def _place(finding: Finding) -> str:
    """The argument or option of a question that is wrong; else file, row and field."""
    field = finding.place.field
    if finding.place.table != QUESTION or field is None:
        return finding.where
    option = field if field.isupper() else f"--{field.replace('_', '-')}"
    return _ARGUMENTS.get(field, option)


def _is_typers_own(error: BaseException) -> bool:
    """Errors of usage and deliberate exits are told by Typer."""
    return isinstance(error, (typer.Exit, typer.Abort, typer.BadParameter, SystemExit))


def _failure(error: BaseException) -> Failure:
    if isinstance(error, KarakoramError):
        return _failure_on_purpose(error)
    if isinstance(error, OSError):
        return Failure(code="system", message=_system_text(error))
    if isinstance(error, KeyboardInterrupt):
        return Failure(code="interrupted", message="interrupted", exit_code=ExitCode.INTERRUPTED)
    return Failure(
        code="internal",
        message=f"this is a bug in karakoram ({type(error).__name__}: {error}); "
        f"set {TRACEBACK_VARIABLE}=1 to see where, and please report it",
        exit_code=ExitCode.INTERNAL,
    )


def _system_text(error: OSError) -> str:
    """What the system refused, and where: a file, or the standard output, which has no name."""
    if error.filename:
        return f"{shown_path(error.filename)}: {error.strerror or error}"
    if error.errno not in _WRITING_REFUSED:
        return str(error.strerror or error)
    return refusal_text(error)


def shown_path(path: object) -> str:
    """A path, its beginning cut off where it is too long to read."""
    text = str(path)
    return text if len(text) <= _PATH_CHARACTERS_MAX else f"...{text[-_PATH_CHARACTERS_MAX:]}"


def _failure_on_purpose(error: KarakoramError) -> Failure:
    if isinstance(error, InvalidDataError):
        code, what = _unusable(error.findings)
        many = len(error.findings)
        return Failure(
            code=code,
            message=f"{what} cannot be used: {many} finding{'s' if many != 1 else ''}",
            findings=error.findings,
        )
    if isinstance(error, BatchRefusedError):
        return Failure(code=error.code, message=str(error), findings=error.findings)
    if isinstance(error, RefusedError):
        return Failure(code=error.code, message=_refusal_text(error))
    code = "not-found" if isinstance(error, NotFoundError) else "error"
    return Failure(code=code, message=str(error))


def _refusal_text(error: RefusedError) -> str:
    """What is refused, where, and what would be right."""
    place = f"{error.where}: " if error.where and error.where not in str(error) else ""
    right = f". Instead: {'; or '.join(error.alternatives)}" if error.alternatives else ""
    return f"{place}{error}{right}"


def _unusable(findings: tuple[Finding, ...]) -> tuple[str, str]:
    """The code for what cannot be used, and what that is: the question, records, files, network.

    Files of a network folder are the network; any other file stands beside it, and is named.
    """
    if all(finding.place.table in {QUESTION, CONFIGURATION} for finding in findings):
        return "bad-question", "the question"
    wrong = [finding.place for finding in errors_of(findings) or findings]
    if all(place.file is None and place.table not in _NETWORK_NAMES for place in wrong):
        tables = dict.fromkeys(place.table.replace("_", " ") for place in wrong)
        return "bad-data", f"the {' and '.join(tables)}"
    files = dict.fromkeys(place.file for place in wrong if place.table != QUESTION)
    named = [file for file in files if file is not None and file not in _NETWORK_FILES]
    if len(named) < len(files):
        return "bad-network", "the network"
    return "bad-file", " and ".join(shown_path(file) for file in named)


def _json_from_failure(failure: Failure) -> dict[str, object]:
    return json_from_error(
        failure.code, failure.message, findings=json_from_findings(failure.findings)
    )
