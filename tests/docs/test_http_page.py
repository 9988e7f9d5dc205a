"""Every route, role, refusal and option of the server stands on its page, and none that is gone."""

import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command

from karakoram.interfaces.http.app import all_routes
from karakoram.interfaces.http.openapi import allowed_of
from karakoram.sales.api_clients import ClientRole

TEXT = Path("docs/reference/http.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([A-Z]+) (/\S*)` \| (.*?) \|", TEXT, flags=re.MULTILINE)
TITLES = re.findall(r"^## `karakoram (.*?)`$", TEXT, flags=re.MULTILINE)
SOURCES = (
    *Path("src/karakoram/interfaces/http").glob("*.py"),
    Path("src/karakoram/usecases/sell/see_sales.py"),
)


def roles_of(route):
    found = allowed_of(route)
    return set() if found is None else {role.value for role in found.roles} - {"admin"}


def test_every_route_is_there_with_its_roles_and_none_is_gone():
    documented = {
        (method, path): set(re.findall(r"`(\w+)`", roles)) - {"admin"}
        for method, path, roles in ROWS
    }
    served = {
        (method, route.path): roles_of(route) for route in all_routes() for method in route.methods
    }
    assert documented == served


def test_every_role_is_explained():
    explained = set(re.findall(r"^\| `(\w+)` \|", TEXT, flags=re.MULTILINE))
    assert explained >= {role.value for role in ClientRole}


def test_every_refusal_of_the_server_is_there():
    given = {
        code
        for path in SOURCES
        for code in re.findall(r'code="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert given
    assert given <= set(re.findall(r"`([\w-]+)`", TEXT))


@pytest.mark.parametrize("title", TITLES)
def test_every_option_is_documented_and_every_documented_option_exists(title):
    words = "_".join(word for word in title.split() if word.islower())
    app = importlib.import_module(f"karakoram.interfaces.cli.commands.{words}").app
    params = get_command(app).params
    existing = {name for param in params for name in param.opts if name.startswith("--")}
    section = TEXT.partition(f"## `karakoram {title}`\n")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section, flags=re.MULTILINE))
    assert documented == existing - {"--help"}


def test_every_command_about_clients_has_its_section():
    files = Path("src/karakoram/interfaces/cli/commands").glob("client_*.py")
    assert {path.stem.replace("_", " ") for path in files} | {"serve"} == {
        " ".join(word for word in title.split() if word.islower()) for title in TITLES
    }
