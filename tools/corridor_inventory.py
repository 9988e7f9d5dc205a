"""Write the inventory of the reference corridor: ``make corridor-inventory``.

No operator publishes what it has at its sites or which containers it has lit, so every row is
assumed and says so; only what follows from the network (slots, lengths) is computed. The tables
of ``refdata/inventory`` are what this program writes; a test compares.
"""

from datetime import date
from itertools import count
from pathlib import Path

from karakoram import bootstrap
from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.adapters.formats.network_tables import csv_from_records, file_name
from karakoram.core.identifiers import ClaimId, OperatorId, ResourceId, SiteId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.engines.multiplex import server_kind
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.refdata.packaged import packaged_folder
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.carried import (
    Carried,
    Client,
    carried,
    signal_client,
    units_client,
)
from karakoram.sales.feasibility.connection_ways import WayQuestion
from karakoram.sales.feasibility.questions import (
    FeasibilityBasis,
    FeasibilityQuestion,
    Feasible,
    NewId,
    Planner,
)
from karakoram.sales.feasibility.wavelength import wavelength_planner
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.sales.inventory.resources import Resource, ResourceStatus
from karakoram.sales.inventory.stock import Stock, stock_of
from karakoram.sales.inventory.tables import InventoryClaim, InventoryItem, text_from_units
from karakoram.sales.resource_kinds import ResourceKind

FOLDER = Path(__file__).parent.parent / "src" / "karakoram" / "refdata" / "inventory"
DAY = date(2026, 11, 1)
"""Prices play no part; the planner asks for a day."""

SCO, ONE, CYB, PTCL = map(OperatorId, ("SCO", "ONE", "CYB", "PTCL"))
K = ResourceKind

ACCESS = {
    SCO: "GIL SKD KRM GHK CHL AST KPL SHG MZD RWK MRP BGH KTL BMR NRN MNS RWP KJB SST ISB",
    ONE: "M12 KKR BHR PBN SKP M23 FSD GJR TTS SRK AHK KNW MUX M45 JPW UCH ZHP RYK GHT SKZ JMS M9K "
    "HDD NRB LHE KHI PEW",
    CYB: "CLS-CYB KHI LHE ISB RWP FSD MUX HDD SKZ MRS SIN MOM DJI",
    PTCL: "CLS-PTCL KHI RWP",
    OperatorId("CT"): "URC KHG KRL AKS TAX",
}
"""Sites where an operator has ports for customers."""

AREA_CODES = {"GIL": "05811", "KRM": "05821", "SST": "05823", "SKD": "05831", "KPL": "05832"}
"""As in the number plan of services.csv; what has no code of its own there takes Gilgit's."""
OTHER_AREAS = "GHK CHL AST SHG MZD RWK MRP BGH KTL BMR"
RACKS = {
    SCO: "RWP MNS NRN CHL GIL KRM SST SKD MZD MRP",
    ONE: "M12 KKR BHR PBN FSD MUX SKZ HDD NRB",
    CYB: "CLS-CYB",
}
BACKBONE = (
    (SCO, "KJB", "KRM"),
    (SCO, "KRM", "GIL"),
    (SCO, "GIL", "SKD"),
    (SCO, "GIL", "GHK"),
    (SCO, "GIL", "RWP"),
    (SCO, "GIL", "MZD"),
    (SCO, "MZD", "RWP"),
    (ONE, "RWP", "ISB"),
    (ONE, "RWP", "MUX"),
    (ONE, "RWP", "KHI"),
    (ONE, "MUX", "KHI"),
    (CYB, "KHI", "CLS-CYB"),
)
"""Who has lit a 100G and a 400G wavelength between which sites."""

PORTS, NUMBERS, RACK_UNITS, RACK_WATTS, MBPS, CHANNELS = 2_000, 10_000, 42, 5_000, 10_000, 300
E1S, STM = 2, "STM-1/TU-12"


def assumed(note: str) -> Provenance:
    """That nobody has published the row."""
    return Provenance(
        source="general knowledge (no published source)",
        source_date="2026",
        confidence=Confidence.ASSUMED,
        note=note,
    )


class Inventory:
    """Rows as they are added, and the stock that they make."""

    def __init__(self, prepared: PreparedNetwork) -> None:
        self.items: list[InventoryItem] = []
        self.claims: list[InventoryClaim] = []
        self.stock: Stock = stock_of(plant_resources(prepared).resources)

    def add(self, resource: Resource) -> None:
        """A row of the table of resources."""
        self.items.append(
            InventoryItem(
                resource_id=resource.resource_id,
                kind=resource.kind,
                model=resource.model,
                name=resource.name,
                operator_id=resource.operator_id,
                a_site_id=resource.a_site_id,
                z_site_id=resource.z_site_id,
                unit_count=resource.unit_count,
                length_km=round(resource.length_km, 3),
                latency_ms=round(resource.latency_ms, 6),
                provenance=resource.provenance,
            )
        )
        self.stock = self.stock.with_plan((), connections=(resource,))

    def claim(self, resource_id: ResourceId, units: int, *, claimant: ResourceId, hop: int) -> None:
        """A row of the table of claims."""
        self.claims.append(
            InventoryClaim(
                claim_id=ClaimId(f"{claimant}@{hop}"),
                resource_id=resource_id,
                units=text_from_units(units),
                claimant_id=claimant,
                hop=hop,
            )
        )

    def pool(self, kind: ResourceKind, operator: OperatorId, site: str, *row: str | int) -> None:
        """Something at one site: model, units, note."""
        model, units, note = row
        name = f"{kind.value}:{operator}:{site}:{model}".replace(" ", "-")
        self.add(
            Resource(
                resource_id=ResourceId(name),
                kind=kind,
                model=str(model),
                name=f"{site} {model}",
                operator_id=operator,
                a_site_id=SiteId(site),
                unit_count=int(units),
                status=ResourceStatus.AVAILABLE,
                provenance=assumed(str(note)),
            )
        )

    def ride(self, connection: Resource, client: Client) -> None:
        """A connection over those that are there."""
        assert connection.z_site_id is not None
        found = carried(
            client,
            WayQuestion(a_site_id=connection.a_site_id, z_site_id=connection.z_site_id),
            stock=self.stock,
            beneath={},
            claimant_id=connection.resource_id,
        )
        assert isinstance(found, Carried), found
        self.add(connection)
        for claim in found.claims:
            self.claim(
                claim.resource_id, claim.units, claimant=connection.resource_id, hop=claim.hop
            )
        self.stock = self.stock.with_plan(found.claims)


def corridor_inventory() -> dict[str, str]:
    """The tables as text, by file name."""
    prepared = prepare(bootstrap.network_source().read_network())
    inventory = Inventory(prepared)
    _at_sites(inventory)
    catalogue = CatalogueFolder(packaged_folder("catalogue")).read_catalogue()
    planner = wavelength_planner(prepared)
    for operator, a, z in BACKBONE:
        _waves(inventory, (operator, a, z), planner=planner, catalogue=catalogue)
    for operator, a, z in BACKBONE:
        _containers(inventory, (operator, a, z))
    return {
        file_name("resources"): csv_from_records(
            {each.resource_id: each for each in inventory.items}, record_type=InventoryItem
        ),
        file_name("claims"): csv_from_records(
            {each.claim_id: each for each in inventory.claims}, record_type=InventoryClaim
        ),
    }


def _at_sites(inventory: Inventory) -> None:
    for operator, sites in ACCESS.items():
        for site in sites.split():
            inventory.pool(K.PORT, operator, site, "ports", PORTS, "all sorts together")
            inventory.pool(K.IP, operator, site, "uplink", MBPS, "10 Gb/s to the internet")
            inventory.pool(K.ETHERNET, operator, site, "uplink", MBPS, "10 Gb/s to the core")
    for site, code in (*AREA_CODES.items(), *((each, "05811") for each in OTHER_AREAS.split())):
        block = f"+92 {code[1:]} {_block(site)}xxxx"
        inventory.pool(K.NUMBER, SCO, site, block, NUMBERS, "a block of ten thousand numbers")
        inventory.pool(K.TRUNK, SCO, site, "exchange", CHANNELS, "channels of the exchange")
    for operator, sites in RACKS.items():
        for site in sites.split():
            for number in (1, 2):
                inventory.pool(K.RACK, operator, site, f"rack {number}", RACK_UNITS, "42U")
                inventory.pool(K.POWER, operator, site, f"feed {number}", RACK_WATTS, "5 kW")


def _block(site: str) -> int:
    """The first digits of the numbers of a site: a block for each."""
    sites = [*AREA_CODES, *OTHER_AREAS.split()]
    return 40 + sites.index(site)


def _waves(
    inventory: Inventory,
    at: tuple[OperatorId, str, str],
    *,
    planner: Planner,
    catalogue: Catalogue,
) -> None:
    operator, a, z = at
    for bit_rate in ("100", "400"):
        wave_id = ResourceId(f"wave:{a}-{z}:{bit_rate}G")
        question = FeasibilityQuestion(
            offering=catalogue.offering(f"WAVE-{bit_rate}G"),
            configuration=configuration(
                {"a_site": a, "z_site": z, "bit_rate_gbps": bit_rate, "term_months": "12"}
            ),
            check=FeasibilityCheck.WAVELENGTH,
            needs=(),
            seller_id=operator,
            on_day=DAY,
        )
        basis = FeasibilityBasis(stock=inventory.stock, new_id=_once(wave_id))
        answer = planner(question, basis)
        assert isinstance(answer, Feasible), answer
        plan = answer.plans[0].plan
        wave = plan.connections[0]
        inventory.add(_lit(wave, name=f"{a}-{z} {bit_rate}G"))
        on_plant = [claim for claim in plan.claims if claim.claimant_id == wave.resource_id]
        for claim in on_plant:
            inventory.claim(claim.resource_id, claim.units, claimant=wave_id, hop=claim.hop)
        inventory.stock = inventory.stock.with_plan(on_plant)


def _once(wave_id: ResourceId) -> NewId:
    """Gives the first wave of the cheapest plan its name; the other plans are not used."""
    numbers = count()

    def new_id() -> ResourceId:
        number = next(numbers)
        return ResourceId(f"{wave_id}-{number}") if number else wave_id

    return new_id


def _lit(wave: Resource, *, name: str) -> Resource:
    return Resource(
        resource_id=wave.resource_id,
        kind=wave.kind,
        model=wave.model,
        name=name,
        operator_id=wave.operator_id,
        a_site_id=wave.a_site_id,
        z_site_id=wave.z_site_id,
        unit_count=wave.unit_count,
        status=ResourceStatus.AVAILABLE,
        length_km=wave.length_km,
        latency_ms=wave.latency_ms,
        provenance=assumed("that it is lit; slots and length are computed"),
    )


def _containers(inventory: Inventory, at: tuple[OperatorId, str, str]) -> None:
    operator, a, z = at
    waves = {
        each.unit_count: each
        for each in inventory.stock.at(K.WAVE, SiteId(a))
        if SiteId(z) in {each.a_site_id, each.z_site_id}
    }

    def joined(kind: ResourceKind, model: str, units: int, *, number: int = 1) -> Resource:
        wave = waves[100]
        return Resource(
            resource_id=ResourceId(f"{kind.value}:{a}-{z}:{model}:{number}"),
            kind=kind,
            model=model,
            name=f"{a}-{z} {model} {number}",
            operator_id=operator,
            a_site_id=SiteId(a),
            z_site_id=SiteId(z),
            unit_count=units,
            status=ResourceStatus.AVAILABLE,
            length_km=wave.length_km,
            latency_ms=wave.latency_ms,
            provenance=assumed("that it is open"),
        )

    for model, wave in (("ODU4", waves[100]), ("ODUC4", waves[400])):
        container = joined(K.ODU, model, server_kind(model).slot_count)
        inventory.add(container)
        everything = (1 << wave.unit_count) - 1
        inventory.claim(wave.resource_id, everything, claimant=container.resource_id, hop=0)
    inventory.ride(joined(K.STM, STM, server_kind(STM).slot_count), signal_client("STM-1"))
    for number in range(1, E1S + 1):
        e1 = joined(K.E1, "E1", server_kind("E1").slot_count, number=number)
        inventory.ride(e1, signal_client("E1"))
    inventory.ride(joined(K.ETHERNET, "10GbE", MBPS), signal_client("10GbE"))
    if operator == SCO or (a, z) == ("RWP", "KHI"):
        trunks = joined(K.TRUNK, "voice trunks", CHANNELS)
        inventory.ride(trunks, units_client(K.ETHERNET, 30, name="100 kb/s a channel"))


def main() -> None:
    """Write the tables anew."""
    for name, text in corridor_inventory().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
