"""Every rule that a catalogue can break is found, where it is broken, and all at once."""

from dataclasses import replace

import pytest

from karakoram.sales.catalogue.validate import validate_catalogue
from karakoram.sales.catalogue.words import SponsorRule
from tests.support import catalogues as small
from tests.support.catalogues import price, small_catalogue
from tests.support.small_corridor import small_network


def codes(**changes):
    return [(f.code, f.place.record) for f in validate_catalogue(small_catalogue(**changes))]


def offerings(**changes):
    return {"product_offerings": (replace(small.LINE_OFFERING, **changes), *_OTHERS)}


def characteristics(signal):
    return {"characteristics": (signal, small.TIMESLOTS, small.PROTECTION)}


_OTHERS = (small.DSL_OFFERING, small.CENTRE_OFFERING)


def test_a_sound_catalogue_has_no_findings():
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            {
                "product_specifications": (
                    replace(small.LINE, service_specification_id="x"),
                    small.DSL,
                )
            },
            [("unknown-service-specification", "dplc")],
        ),
        (
            {
                "product_specifications": (
                    replace(small.LINE, characteristic_ids=("signal", "protection", "x")),
                    small.DSL,
                )
            },
            [("unknown-characteristic", "dplc")],
        ),
        (
            {
                "service_specifications": (
                    replace(small.LINE_SERVICE, resource_specification_ids=("x",)),
                    small.DSL_SERVICE,
                )
            },
            [("unknown-resource-specification", "tdm-line")],
        ),
        (
            {
                "service_specifications": (
                    replace(small.LINE_SERVICE, resource_specification_ids=()),
                    small.DSL_SERVICE,
                )
            },
            [("service-without-realisation", "tdm-line")],
        ),
        (
            {
                "service_specifications": (
                    replace(small.LINE_SERVICE, realisation=" "),
                    small.DSL_SERVICE,
                )
            },
            [("service-without-realisation", "tdm-line")],
        ),
        (
            {
                "product_specifications": (
                    replace(small.LINE, characteristic_ids=("signal",)),
                    small.DSL,
                )
            },
            [("need-without-characteristic", "dplc")],
        ),
        (
            characteristics(replace(small.SIGNAL, allowed_values=("E1", "E3", "STM-1", "STM-4"))),
            [("need-without-units", "dplc")],
        ),
        (
            {
                **characteristics(replace(small.SIGNAL, allowed_values=())),
                **offerings(value_uses=()),
            },
            [("need-without-units", "dplc")],
        ),
        (
            {
                "characteristics": (
                    small.SIGNAL,
                    replace(small.TIMESLOTS, default="99"),
                    small.PROTECTION,
                )
            },
            [("characteristic-value", "timeslots")],
        ),
        (
            {
                "product_specifications": (
                    replace(small.LINE, characteristic_ids=("signal", "protection", "signal")),
                    small.DSL,
                )
            },
            [("characteristic-twice", "dplc")],
        ),
        (offerings(product_specification_id="x"), [("unknown-product-specification", "DPLC")]),
        (offerings(service_level_id="x"), [("unknown-service-level", "DPLC")]),
        (
            offerings(operator_ids=()),
            [("offering-without-operator", "DPLC"), ("price-of-no-seller", "line-e3-one")],
        ),
        (offerings(segments=()), [("offering-without-segment", "DPLC")]),
        (
            offerings(sponsor_rule=SponsorRule.SPONSOR_PAYS),
            [("sponsor-without-account", "DPLC")],
        ),
        (offerings(sponsor_account_id="A"), [("account-without-sponsor", "DPLC")]),
        (offerings(value_uses=("colour=red",)), [("unknown-characteristic", "DPLC")]),
        (offerings(value_uses=("signal=E9",)), [("value-not-allowed", "DPLC")]),
    ],
)
def test_what_is_wrong_with_products_and_offerings_is_found(changes, found):
    assert codes(**changes) == found


def test_sites_regions_and_operators_are_those_of_the_network():
    network = small_network()
    site = next(iter(network.sites.values()))
    operator = next(iter(network.operators))
    known = replace(
        *(small.DSL_OFFERING,),
        operator_ids=(operator,),
        site_ids=(site.site_id,),
        regions=(site.region,),
    )
    wrong = replace(known, operator_ids=("ZZ",), site_ids=("ZZ",), regions=("ZZ",))
    others = {
        "product_specifications": (small.DSL,),
        "product_offering_prices": (price("dsl", "DSL-RURAL", "1"),),
    }
    sound = small_catalogue(product_offerings=(known,), **others)
    broken = small_catalogue(product_offerings=(wrong,), **others)
    assert validate_catalogue(sound, network=network) == ()
    assert [(f.code, f.place.field) for f in validate_catalogue(broken, network=network)] == [
        ("unknown-operator", "operator_ids"),
        ("unknown-site", "site_ids"),
        ("unknown-region", "regions"),
    ]
    assert validate_catalogue(broken) == ()


def test_a_catalogue_with_dangling_references_is_judged_to_its_end():
    nothing = small_catalogue(
        product_specifications=(), service_specifications=(), characteristics=()
    )
    found = {finding.code for finding in validate_catalogue(nothing)}
    assert found == {"unknown-product-specification"}
