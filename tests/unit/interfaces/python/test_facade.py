import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from importlib.metadata import version

import pytest

import karakoram as kk
from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.interfaces.python import facade
from karakoram.interfaces.python.facade import RouteWishes, ServiceWishes
from karakoram.planning.prepare import prepare
from karakoram.usecases.plan.design_service import ServiceQuestion
from karakoram.usecases.plan.find_routes import RoutesQuestion
from tests.support.catalogues import small_catalogue, sold_on
from tests.support.small_corridor import small_network


@pytest.fixture(scope="module")
def prepared():
    return kk.prepare(small_network())


def test_every_public_name_is_there_and_listed():
    for name in kk.__all__:
        assert getattr(kk, name) is not None
    assert set(kk.__all__) <= set(dir(kk))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kk.nothing


def test_the_version_is_that_of_the_distribution():
    assert kk.__version__ == version("karakoram")


def test_importing_the_package_imports_nothing_else():
    code = "import sys, karakoram; print([m for m in sys.modules if m.startswith('karakoram.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("wishes", "question"), [(ServiceWishes, ServiceQuestion), (RouteWishes, RoutesQuestion)]
)
def test_wishes_are_the_fields_of_the_question_besides_its_ends(wishes, question):
    names = {field.name for field in fields(question)} - {"a_site", "z_site"}
    assert set(wishes.__annotations__) == names


def test_the_reference_corridor_is_read_when_no_folder_is_named():
    assert "URC" in kk.read_network().sites


def test_a_network_written_reads_back(tmp_path):
    network = small_network()
    kk.write_network(network, tmp_path / "net")
    assert kk.read_network(str(tmp_path / "net")) == network
    with pytest.raises(kk.RefusedError):
        kk.write_network(network, tmp_path / "net")


def test_findings_are_those_of_the_network_or_with_rows_those_of_the_folder(tmp_path):
    network = small_network()
    kk.write_network(network, tmp_path / "net")
    of_network, of_folder = kk.validate(network), kk.validate(tmp_path / "net")
    assert {finding.code for finding in of_network} <= {finding.code for finding in of_folder}
    assert of_network
    assert {finding.place.row for finding in of_network} == {None}
    assert None not in {finding.place.row for finding in of_folder}


def test_a_service_is_designed_on_a_network_or_on_what_was_prepared(prepared):
    on_day = date(2026, 11, 22)
    once = kk.design_service(small_network(), "Rawalpindi", "KHI", on_day=on_day)
    again = kk.design_service(prepared, "RWP", "Karachi", bit_rate=400.0, on_day=on_day)
    assert isinstance(once, kk.ServiceDesign)
    assert once == again


def test_one_word_alone_stands_for_a_list_of_one(prepared):
    answer = kk.find_routes(prepared, "Chilas", "Mansehra", avoid="CHL-BBS", include="option")
    assert [route.span_ids for route in answer.routes] == [("CHL-DSU", "DSU-MNS")]


def test_infeasible_is_a_value(prepared):
    answer = kk.design_service(prepared, "RWP", "KHI", latency_ms_max=0.1)
    assert isinstance(answer, kk.Infeasible)
    assert answer.reasons


def test_wrong_words_are_one_error_with_every_finding(prepared):
    with pytest.raises(kk.InvalidDataError) as refusal:
        kk.design_service(prepared, "nowhere", "elsewhere", bit_rate="fast")
    assert len(refusal.value.findings) == 3


def test_a_wish_that_does_not_exist_is_told(prepared):
    with pytest.raises(kk.InvalidDataError, match="no argument 'protecton'.*protection"):
        kk.design_service(prepared, "RWP", "KHI", protecton="none")


def test_a_report_is_a_page(tmp_path, prepared):
    answer = kk.design_service(prepared, "RWP", "KHI")
    kk.write_report(tmp_path / "page.html", network=prepared.network, design=answer)
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_report_of_a_loop_of_links_is_refused_by_its_name(tmp_path, prepared):
    answer = kk.design_service(prepared, "RWP", "KHI")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links.*loop"):
        kk.write_report(tmp_path / "loop", network=prepared.network, design=answer)
    with pytest.raises(kk.RefusedError, match="loop: .*symbolic links"):
        kk.write_network(prepared.network, tmp_path / "loop")


def test_a_folder_that_may_not_be_looked_into_is_refused(tmp_path, monkeypatch):
    def locked(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr("pathlib.Path.iterdir", locked)
    with pytest.raises(kk.RefusedError, match="Permission denied"):
        kk.write_network(small_network(), tmp_path)


def without_span(network, span_id):
    return replace(
        network, spans={key: network.spans[key] for key in network.spans if key != span_id}
    )


def changed_span(network, span_id, **values):
    spans = {**network.spans, span_id: replace(network.spans[span_id], **values)}
    return replace(network, spans=spans)


def test_a_report_refuses_a_design_of_another_network(tmp_path, prepared):
    network = prepared.network
    answer = kk.design_service(prepared, "RWP", "KHI")
    span_id = answer.offers[0].paths[0].span_ids[0]
    span = network.spans[span_id]
    others = {
        f"span '{span_id}' is not": without_span(network, span_id),
        "a path of .* km, here": changed_span(network, span_id, length_km=span.length_km + 1.0),
        f"span '{span_id}' between": changed_span(network, span_id, a_site_id="URC"),
        "site 'RWP'": replace(
            network, sites={key: site for key, site in network.sites.items() if key != "RWP"}
        ),
        "operator": replace(network, operators={}),
    }
    for told, other in others.items():
        with pytest.raises(kk.InvalidDataError, match=f"design: is of another network: {told}"):
            kk.write_report(tmp_path / "page.html", network=other, design=answer)
    assert not list(tmp_path.iterdir())


def test_a_report_refuses_a_refusal_of_another_network(tmp_path, prepared):
    answer = kk.design_service(prepared, "RWP", "KHI", latency_ms_max=0.1)
    assert isinstance(answer, kk.Infeasible)
    with pytest.raises(kk.InvalidDataError, match="site 'RWP'"):
        kk.write_report(
            tmp_path / "page.html", network=replace(prepared.network, sites={}), design=answer
        )
    kk.write_report(tmp_path / "page.html", network=prepared.network, design=answer)


def test_the_same_network_is_prepared_once_and_an_equal_one_anew(monkeypatch):
    prepared = []

    def counting(network):
        prepared.append(network)
        return prepare(network)

    monkeypatch.setattr(facade, "prepared_network", counting)
    network = small_network()
    for _ in range(3):
        kk.find_routes(network, "URC", "KHI")
    kk.find_routes(replace(network), "URC", "KHI")
    assert len(prepared) == 2


def test_a_catalogue_is_read_and_judged_against_a_network(tmp_path):
    network = small_network()
    CatalogueFolder(tmp_path / "cat").write_catalogue(sold_on(network))
    assert kk.read_catalogue(str(tmp_path / "cat"), network=network) == sold_on(network)
    CatalogueFolder(tmp_path / "odd").write_catalogue(small_catalogue())
    assert kk.read_catalogue(tmp_path / "odd") == small_catalogue()
    with pytest.raises(kk.InvalidDataError, match="is not in operators"):
        kk.read_catalogue(tmp_path / "odd", network=network)
