"""A catalogue small enough to count by hand: a leased line, DSL, and a sponsored centre."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from karakoram.core.provenance import Confidence, Provenance
from karakoram.refdata.facts import Comparison
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.service_levels import (
    CreditStep,
    ServiceLevel,
    ServiceLevelObjective,
)
from karakoram.sales.catalogue.specifications import (
    Characteristic,
    ProductSpecification,
    ResourceSpecification,
    ServiceSpecification,
)
from karakoram.sales.catalogue.words import (
    CustomerKind,
    FeasibilityCheck,
    LevelParameter,
    MarketSegment,
    NeedPlace,
    PriceType,
    SponsorRule,
    UnitOfMeasure,
    UsageKind,
    ValueType,
)
from karakoram.sales.resource_kinds import ResourceKind

SAID = Provenance(source="made up for tests", confidence=Confidence.ASSUMED)
DAY = date(2026, 11, 28)

SIGNAL = Characteristic(
    characteristic_id="signal",
    name="signal",
    value_type=ValueType.TEXT,
    allowed_values=("E1", "E3", "STM-1"),
)
TIMESLOTS = Characteristic(
    characteristic_id="timeslots",
    name="timeslots",
    value_type=ValueType.WHOLE,
    unit="64 kbit/s",
    at_least=Decimal(1),
    at_most=Decimal(31),
    default="1",
)
PROTECTION = Characteristic(
    characteristic_id="protection",
    name="protection",
    value_type=ValueType.TEXT,
    allowed_values=("none", "1+1"),
    default="none",
)
PLACES = ResourceSpecification(
    resource_specification_id="e1-places",
    kind=ResourceKind.E1,
    where=NeedPlace.ALONG_PATH,
    characteristic="signal",
    units_by_value=("E1=1", "E3=21", "STM-1=63"),
    factor_characteristic="protection",
    factor_by_value=("none=1", "1+1=2"),
    provenance=SAID,
)
PORT_A = ResourceSpecification(
    resource_specification_id="port-a",
    kind=ResourceKind.PORT,
    where=NeedPlace.A_END,
    fixed_units=Decimal(1),
    provenance=SAID,
)
LINE_SERVICE = ServiceSpecification(
    service_specification_id="tdm-line",
    name="TDM line",
    realisation="a VC-n groomed from A to Z",
    feasibility=FeasibilityCheck.MULTIPLEX_PATH,
    resource_specification_ids=("port-a", "e1-places"),
    provenance=SAID,
)
DSL_SERVICE = ServiceSpecification(
    service_specification_id="dsl-port",
    name="DSL port",
    realisation="a port of a DSLAM",
    feasibility=FeasibilityCheck.SITE_PORT,
    resource_specification_ids=("port-a",),
    usage_kinds=(UsageKind.DATA_MB, UsageKind.SESSION_HOUR),
    provenance=SAID,
)
LINE = ProductSpecification(
    product_specification_id="dplc",
    name="Leased line",
    description="a leased line",
    service_specification_id="tdm-line",
    characteristic_ids=("signal", "protection"),
    provenance=SAID,
)
DSL = ProductSpecification(
    product_specification_id="dsl",
    name="DSL",
    brand="SNET",
    description="broadband",
    service_specification_id="dsl-port",
    characteristic_ids=(),
    provenance=SAID,
)
LINE_OFFERING = ProductOffering(
    product_offering_id="DPLC",
    name="DPLC of SCO and One Network",
    product_specification_id="dplc",
    operator_ids=("SCO", "ONE"),
    segments=(MarketSegment.WHOLESALE, MarketSegment.PRIVATE_URBAN),
    value_uses=("signal=E1|E3",),
    lifecycle_status=LifecycleStatus.LAUNCHED,
    service_level_id="private-line",
    provenance=SAID,
)
DSL_OFFERING = ProductOffering(
    product_offering_id="DSL-RURAL",
    name="DSL for villages",
    product_specification_id="dsl",
    operator_ids=("SCO",),
    segments=(MarketSegment.PUBLIC_RURAL, MarketSegment.PRIVATE_RURAL),
    customer_kinds=(CustomerKind.PERSON, CustomerKind.PUBLIC_BODY),
    site_ids=("AST", "GHK"),
    regions=("Gilgit-Baltistan",),
    lifecycle_status=LifecycleStatus.LAUNCHED,
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
    service_level_id="broadband",
    provenance=SAID,
)
CENTRE_OFFERING = replace(
    DSL_OFFERING,
    product_offering_id="CENTRE",
    name="Internet for a centre",
    segments=(MarketSegment.PUBLIC_URBAN, MarketSegment.PUBLIC_RURAL),
    customer_kinds=(CustomerKind.CENTRE,),
    site_ids=(),
    regions=(),
    valid_from=None,
    valid_to=None,
    sponsor_rule=SponsorRule.SPONSOR_PAYS,
    sponsor_account_id="SCO-SOCIAL",
)


def price(price_id, offering_id, amount, **changes):
    """A monthly price in rupees, of all sellers, since ever; ``changes`` say otherwise."""
    record = ProductOfferingPrice(
        product_offering_price_id=price_id,
        product_offering_id=offering_id,
        name="monthly charge",
        price_type=PriceType.RECURRING,
        unit_of_measure=UnitOfMeasure.SERVICE,
        amount=Decimal(amount),
        currency="PKR",
        provenance=SAID,
    )
    return replace(record, **changes)


def objective(objective_id, level_id, threshold, **changes):
    """An availability in percent; ``changes`` say otherwise."""
    record = ServiceLevelObjective(
        objective_id=objective_id,
        service_level_id=level_id,
        parameter=LevelParameter.AVAILABILITY,
        comparison=Comparison.AT_LEAST,
        threshold=threshold,
        unit="%",
        provenance=SAID,
    )
    return replace(record, **changes)


PRICES = (
    price("line-e1", "DPLC", "9000", applies_when=("signal=E1",)),
    price("line-e3", "DPLC", "90000", applies_when=("signal=E3",)),
    price("line-e3-one", "DPLC", "80000", applies_when=("signal=E3",), operator_id="ONE"),
    price(
        *("line-km", "DPLC", "145.8"),
        name="distance",
        unit_of_measure=UnitOfMeasure.KM,
        quantity_of="length_km",
    ),
    price("dsl-month", "DSL-RURAL", "999"),
    price(
        *("centre-hours", "CENTRE", "0"),
        name="hours",
        price_type=PriceType.USAGE,
        unit_of_measure=UnitOfMeasure.HOUR,
        quantity_of="session_hour",
    ),
)
LEVELS = (
    ServiceLevel(
        service_level_id="private-line", name="Private line", scope="a line", provenance=SAID
    ),
    ServiceLevel(service_level_id="broadband", name="Broadband", scope="a port", provenance=SAID),
)
OBJECTIVES = (objective("line-up", "private-line", 99.5), objective("dsl-up", "broadband", 99.0))
CREDITS = (
    CreditStep(
        credit_step_id="line-99",
        service_level_id="private-line",
        parameter=LevelParameter.AVAILABILITY,
        beyond=99.0,
        credit_percent=10.0,
        provenance=SAID,
    ),
)


def small_catalogue(**changes):
    """The whole; a keyword replaces a table by the records in it."""
    tables = {
        "characteristics": (SIGNAL, TIMESLOTS, PROTECTION),
        "product_specifications": (LINE, DSL),
        "service_specifications": (LINE_SERVICE, DSL_SERVICE),
        "resource_specifications": (PLACES, PORT_A),
        "product_offerings": (LINE_OFFERING, DSL_OFFERING, CENTRE_OFFERING),
        "product_offering_prices": PRICES,
        "service_levels": LEVELS,
        "service_level_objectives": OBJECTIVES,
        "credit_steps": CREDITS,
        **changes,
    }
    return Catalogue(
        name="small",
        description="for tests",
        **{name: by_identifier(records) for name, records in tables.items()},
    )


def sold_on(network):
    """The small catalogue as operators of a network sell it, the second at its first site only."""
    first, second = list(network.operators)[:2]
    site = next(iter(network.sites.values()))
    offerings = (
        replace(LINE_OFFERING, operator_ids=(first,)),
        replace(
            DSL_OFFERING,
            operator_ids=(second,),
            site_ids=(site.site_id,),
            regions=(site.region,) if site.region else (),
        ),
        replace(CENTRE_OFFERING, operator_ids=(second,)),
    )
    prices = tuple(one for one in PRICES if one.operator_id is None)
    return small_catalogue(product_offerings=offerings, product_offering_prices=prices)


def by_identifier(records):
    """Records by what stands in their first field."""
    return {getattr(record, next(iter(record.__slots__))): record for record in records}
