"""The page for people names every interface, can be read by all, and loads nothing."""

from html.parser import HTMLParser
from importlib.metadata import version

import pytest

from karakoram.interfaces.http.app import ROUTERS
from karakoram.interfaces.http.front_page import front_page
from tests.support.http_calls import platform


class Page(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def of(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(scope="module")
def made():
    return platform()


@pytest.fixture(scope="module")
def page(made):
    return Page(made.get("/", by=None).text)


def test_it_tells_the_version_and_every_interface_with_its_path(page):
    assert f"Karakoram {version('karakoram')}" in page.text
    served = [router for router in ROUTERS if router.prefix]
    assert len(served) == 12
    for router in served:
        assert f"{router.tags[0]}" in page.text
        assert router.prefix in page.text


def test_every_link_leads_somewhere_here(made, page):
    links = [each["href"] for each in page.of("a")]
    assert links == ["/openapi.json"]
    assert {made.get(each, by=None).status_code for each in links} == {200}
    led = made.client.get("/docs", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (307, "/")
    assert made.client.get("/docs").headers["content-type"].startswith("text/html")


def test_it_can_be_read_by_all_and_loads_nothing(made, page):
    assert page.of("html") == [{"lang": "en"}]
    assert [len(page.of(each)) for each in ("title", "h1", "main", "thead")] == [1, 1, 1, 1]
    assert all(each["scope"] in {"row", "col"} for each in page.of("th"))
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"} == set()
    assert not any("src" in each or "onclick" in each for _, each in page.tags)
    headers = made.get("/", by=None).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"


def test_what_is_told_is_text_and_no_markup():
    page = front_page([("<b>", "/<i>")], version="1<2").body.decode()
    assert "<b>" not in page
    assert "<i>" not in page
    assert "1&lt;2" in page
