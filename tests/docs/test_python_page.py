"""Does the page on the Python facade name all that is public, and do its examples run?"""

import doctest
import inspect
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import karakoram as kk
from karakoram.interfaces.python.facade import RouteWishes, ServiceWishes
from karakoram.planning.offers import (
    DiversityProof,
    Leg,
    Lightpath,
    OfferPrice,
    OutageShare,
    ProfilePoint,
    Reason,
    ServicePath,
    SharedRisk,
    TracedFigure,
)
from karakoram.planning.route_answers import DisjointRoutes, Route
from karakoram.usecases.plan.design_service import ServiceQuestion
from karakoram.usecases.plan.find_routes import RoutesQuestion

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^#+ (.+)\n((?:(?!#+ ).*\n)*)", PAGE, re.MULTILINE))
EXAMPLES = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
FUNCTIONS = [name for name in kk.__all__ if inspect.isfunction(getattr(kk, name))]
VALUES = [name for name in kk.__all__ if is_dataclass(getattr(kk, name))]
WISHES = {
    "design_service": (ServiceWishes, ServiceQuestion),
    "find_routes": (RouteWishes, RoutesQuestion),
}
INSIDE = {
    "Offer": {
        "": (SharedRisk, DiversityProof, OutageShare, OfferPrice, TracedFigure, Leg, ProfilePoint),
        "a path": (ServicePath,),
        "a lightpath": (Lightpath,),
    },
    "Infeasible": {"": (Reason,)},
    "RouteAnswer": {"": (Route, DisjointRoutes)},
}


def parameters(name):
    """The parameters that a caller may give, with their defaults; wishes one by one."""
    given = inspect.signature(getattr(kk, name)).parameters.values()
    found = {p.name: p.default for p in given if p.kind is not inspect.Parameter.VAR_KEYWORD}
    if name in WISHES:
        wishes, question = WISHES[name]
        defaults = {field.name: field.default for field in fields(question)}
        found |= {wish: defaults[wish] for wish in wishes.__annotations__}
    return found


def attributes(kind):
    """The fields and properties of a value."""
    properties = {
        name
        for name, member in inspect.getmembers(kind)
        if isinstance(member, property) and not name.startswith("_")
    }
    return {field.name for field in fields(kind)} | properties


def first_cells(section, head):
    """The names in the first column of the table of a section that begins with ``head``."""
    table = re.search(rf"^\| {head} \|.*\n\|-.*\n((?:\|.*\n)+)", SECTIONS[section], re.MULTILINE)
    assert table is not None
    cells = [line.split("|")[1] for line in table[1].splitlines()]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_every_public_name_is_in_the_table_at_the_top():
    listed = re.findall(r"\[`(\w+)`\]\(#", SECTIONS["The Python facade"])
    assert sorted(listed) == sorted(kk.__all__)


@pytest.mark.parametrize("name", [*FUNCTIONS, *VALUES])
def test_every_function_and_value_has_a_section(name):
    assert name in SECTIONS


def test_every_error_is_explained():
    errors = {
        name
        for name in kk.__all__
        if inspect.isclass(getattr(kk, name)) and issubclass(getattr(kk, name), Exception)
    }
    assert set(first_cells("Errors", "Error")) | {"KarakoramError"} == errors
    assert "`KarakoramError`" in SECTIONS["Errors"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_stands_on_the_page_with_its_default(name):
    expected = parameters(name)
    assert first_cells(name, "Parameter") == list(expected)
    for parameter, default in expected.items():
        row = re.search(rf"^\| `{parameter}` \|.*", SECTIONS[name], re.MULTILINE)[0]
        shown = row.split("|")[3].strip()
        if default is inspect.Parameter.empty:
            assert not shown
        elif name != "read_network":
            assert f"`{default!r}`".replace("'", '"') in shown


@pytest.mark.parametrize("name", VALUES)
def test_every_attribute_of_a_value_stands_on_the_page(name):
    assert set(first_cells(name, "Attribute")) == attributes(getattr(kk, name))


@pytest.mark.parametrize("section", INSIDE)
def test_every_attribute_of_what_a_value_holds_stands_beside_it(section):
    for of, kinds in INSIDE[section].items():
        for kind in kinds:
            named = (
                first_cells(section, f"Attribute of {of}")
                if of
                else re.findall(r"`(\w+)`", SECTIONS[section])
            )
            assert attributes(kind) <= set(named), kind.__name__


def test_the_examples_run_and_say_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(EXAMPLES, {}, "python.md", None, 0)
    assert len(test.examples) > 30
    report = []
    failed, tried = doctest.DocTestRunner().run(test, out=report.append)
    assert tried == len(test.examples)
    assert not failed, "".join(report)
    assert "<svg" in (tmp_path / "answer.html").read_text(encoding="utf-8")
