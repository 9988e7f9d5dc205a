"""The page in a real browser: Chromium, without a network, by its command line alone."""

import re
import shutil
import subprocess
from html import unescape

import pytest

from karakoram.adapters.formats.report.page import write_report
from tests.support.markup import all_of, tree
from tests.support.offers import infeasible_answer, service_design
from tests.support.small_corridor import small_network

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))),
    None,
)
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"
)

MEASURE = """<script>
document.title = JSON.stringify({
  window: innerWidth,
  fits: document.documentElement.scrollWidth <= innerWidth,
  resources: performance.getEntriesByType("resource").length,
  drawn: [...document.querySelectorAll("svg[role=img]")].every(
    (svg) => svg.getBoundingClientRect().height > 100),
  land: [...document.querySelectorAll("svg.map use")].every(
    (use) => use.getBBox().width > 300),
  name: document.querySelector("table")?.caption.textContent ?? "",
});
</script></body>"""


def browsed(*arguments, folder, width=1200):
    """What the browser prints; it must end by itself."""
    command = [
        CHROMIUM,
        *QUIET,
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},900",
        *arguments,
    ]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    return done.stdout


def measured(page, *, folder, width):
    """What a script added to a copy of the page finds, as the text of its title."""
    probe = folder / "probe.html"
    probe.write_text(page.replace("</body>", MEASURE), encoding="utf-8")
    shown = browsed("--dump-dom", probe.as_uri(), folder=folder, width=width)
    return unescape(re.search(r"<title>(.*?)</title>", shown, re.DOTALL).group(1))


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    target = tmp_path_factory.mktemp("report") / "answer.html"
    network = small_network()
    write_report(target, network=network, design=service_design(network))
    return target


def test_a_browser_reads_the_page_as_it_was_written(page_file, tmp_path):
    shown = browsed("--dump-dom", page_file.as_uri(), folder=tmp_path)
    page = page_file.read_text(encoding="utf-8")
    written = tree(page)
    for name in ("table", "svg", "section", "h2", "h3", "details", "path", "a", "th"):
        opened = len(re.findall(rf"<{name}[\s>]", shown))
        assert opened == len(all_of(written, name)), name


@pytest.mark.parametrize("width", [1400, 600])
def test_the_page_fits_its_window_draws_its_maps_and_fetches_nothing(page_file, tmp_path, width):
    found = measured(page_file.read_text(encoding="utf-8"), folder=tmp_path, width=width)
    assert f'"window":{width}' in found
    assert '"fits":true' in found
    assert '"resources":0' in found
    assert '"drawn":true' in found
    assert '"land":true' in found
    assert '"name":"The services side by side"' in found


def test_the_page_prints_to_paper(page_file, tmp_path):
    target = tmp_path / "answer.pdf"
    browsed(f"--print-to-pdf={target}", page_file.as_uri(), folder=tmp_path)
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_size > 50_000


def test_a_refusal_is_shown_too(tmp_path):
    target = tmp_path / "refusal.html"
    write_report(target, network=small_network(), design=infeasible_answer())
    shown = browsed("--dump-dom", target.as_uri(), folder=tmp_path)
    assert "What stands in the way" in shown
