"""What the documents point at exists, what users can type is documented, and nothing leaks."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from karakoram.interfaces.cli import main

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
NOT_OURS = {".git", "out", "dist", "build", "htmlcov", "node_modules"}

LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|(?:src|href)=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

LEAKS = re.compile(
    r"(?<![\w.:/])/(?:work|root|home|tmp|opt|mnt)/"
    r"|pythonhosted\.org|(?:upload\.|test\.)?pypi\.org/(?:simple|pypi)|registry\.npmjs"
    r"|(?:deb|archive)\.(?:debian|ubuntu)"
)


@cache
def our_files() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not unwanted(p.relative_to(ROOT))]
    return tuple(sorted(path for path in paths if path.is_file()))


def unwanted(path: Path) -> bool:
    """Whether a path is a result, a cache or an environment, for a checkout without git."""
    parts = set(path.parts)
    return bool(
        parts & NOT_OURS or any(re.match(r"\.venv|\..*_cache|__pycache__", p) for p in parts)
    )


def documents() -> list[Path]:
    return [path for path in our_files() if path.suffix == ".md"]


def links(text: str) -> list[str]:
    return [target or other for target, other in LINK.findall(CODE.sub("", text))]


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings get, as they are made where the pages are read."""
    return {
        re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")
        for heading in HEADING.findall(text)
    }


def broken_links(page: Path) -> list[str]:
    found = []
    for link in links(page.read_text(encoding="utf-8")):
        if OUTSIDE.match(link):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        if not file.exists():
            found.append(link)
        elif anchor and file.suffix == ".md":
            found += [link] if anchor not in anchors(file.read_text(encoding="utf-8")) else []
    return found


def commands(group, path):
    """Every command below a group of the command line, by the words that a user types."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_there_are_documents_to_check():
    assert ROOT / "README.md" in documents()


@pytest.mark.parametrize("page", documents(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_repository_leads_somewhere(page):
    assert not broken_links(page)


def test_a_broken_link_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](other.md) [b](#one) [c](#two) `[d](e.md)` [f](mailto:x)")
    assert broken_links(page) == ["other.md", "#two"]


def test_no_file_names_a_machine_or_a_package_registry():
    leaks = {
        path.relative_to(ROOT).as_posix(): found
        for path in our_files()
        if path != Path(__file__)
        and (found := LEAKS.findall(path.read_bytes().decode("utf-8", errors="replace")))
    }
    assert not leaks


@pytest.mark.parametrize(
    "text",
    [
        *(f"{before}/{top}/x" for before, top in (("see ", "work"), ("=", "root"))),
        "https://files." + "pythonhosted" + ".org/p",
    ],
)
def test_a_leak_is_seen(text):
    assert LEAKS.search(text)


@pytest.mark.parametrize(
    "text", ["../work/a", "out/tmp/x", "https://example.org/home/", "/dev/null"]
)
def test_what_is_no_leak_is_left_alone(text):
    assert not LEAKS.search(text)


def reference() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(REFERENCE.rglob("*.md")))


def commands_typed() -> list[str]:
    return sorted(commands(get_command(main.app), "karakoram"))


def test_every_command_is_in_the_reference():
    assert "karakoram design" in commands_typed()
    assert not [command for command in commands_typed() if command not in reference()]


@pytest.mark.parametrize("command", commands_typed())
def test_every_option_of_a_command_is_in_the_reference(command):
    shown = CliRunner().invoke(main.app, [*command.split()[1:], "--help"])
    assert shown.exit_code == 0, shown.output
    options = set(re.findall(r"^ +(?:-\w, )?(--[a-z][a-z-]+)", shown.output, re.MULTILINE))
    assert not {option for option in options if option not in reference()}


def test_every_block_of_code_ends():
    fences = {
        path.relative_to(ROOT): re.findall(
            r"^ *```", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        for path in our_files()
        if path.suffix == ".md"
    }
    assert fences
    assert [path for path, found in fences.items() if len(found) % 2] == []
