"""The small corridor's report, ready to be looked at."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from karakoram.adapters.formats.report.page import html_from_design
from tests.support.markup import all_of, text_of, tree
from tests.support.offers import infeasible_answer, service_design, unprotected_design
from tests.support.small_corridor import small_network

NETWORK = small_network()
DESIGN = service_design(NETWORK)
PAGES = {
    "protected": html_from_design(network=NETWORK, design=DESIGN),
    "unprotected": html_from_design(network=NETWORK, design=unprotected_design(NETWORK)),
    "refused": html_from_design(network=NETWORK, design=infeasible_answer()),
}
PAGE = PAGES["protected"]
ROOT = tree(PAGE)


def section_of(root: ET.Element, anchor: str) -> ET.Element:
    """The part of the page under the heading with this name."""
    return next(s for s in all_of(root, "section") if s.get("aria-labelledby") == anchor)


def table_of(root: ET.Element, caption: str) -> ET.Element:
    """The first table with this caption."""
    return next(t for t in all_of(root, "table") if text_of(all_of(t, "caption")[0]) == caption)


def rows_of(found: ET.Element) -> list[list[str]]:
    """The texts of a table's body."""
    return [[text_of(cell) for cell in row] for row in all_of(all_of(found, "tbody")[0], "tr")]


def offer_page(**changes) -> ET.Element:
    """The page of the first offer alone, changed."""
    offer = replace(DESIGN.offers[0], **changes)
    return tree(html_from_design(network=NETWORK, design=replace(DESIGN, offers=(offer,))))
