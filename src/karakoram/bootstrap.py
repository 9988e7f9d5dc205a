"""Which adapter plays which part?

What only some commands need is imported when they ask for it, so that no other waits for it.
"""

from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from karakoram.adapters.clock import SystemClock
from karakoram.adapters.formats.folders import FolderSource, NewFolder
from karakoram.adapters.formats.report_file import ReportFile
from karakoram.refdata.catalogue_folder import catalogue_folder
from karakoram.refdata.corridor import corridor_folder
from karakoram.usecases.catalogue.catalogue_ports import CatalogueStore, PriceListStore
from karakoram.usecases.light.design_ports import DesignPlotter, PhotonicTarget
from karakoram.usecases.light.photonic_ports import PhotonicSource, PropagationPlotter
from karakoram.usecases.plan.hand_over_ports import BudgetSource, BudgetTarget
from karakoram.usecases.plan.leg_ports import KeySource, LegFile
from karakoram.usecases.plan.topology_ports import PairRouter, PairSource, TopologySource
from karakoram.usecases.ports import (
    Clock,
    NetworkSource,
    NetworkTarget,
    PaperPrinter,
    ReportWriter,
    ZoneSource,
)
from karakoram.usecases.simulate.simulation_ports import Workers
from karakoram.usecases.simulate.traffic_ports import TrafficTableSource

if TYPE_CHECKING:  # records of sales, which only commands of sales load
    from karakoram.adapters.formats.typesetting import PaperForm, PaperT
    from karakoram.usecases.buy.partner_legs import Buying
    from karakoram.usecases.buy.partner_ports import PartnersSource, Pause
    from karakoram.usecases.desk.job_ports import JobStore
    from karakoram.usecases.light.cable_measurements import MeasurementReader
    from karakoram.usecases.light.light_submarine import WetLineDescription
    from karakoram.usecases.light.what_if import OrderReader
    from karakoram.usecases.plan.plan_regenerators import DemandWords
    from karakoram.usecases.sell.print_quote import QuotePaper
    from karakoram.usecases.sell.sales_ports import IdSource, Moments, SalesStore
    from karakoram.usecases.sell.selling import Selling
    from karakoram.usecases.settle.keep_ledger import BookTarget
    from karakoram.usecases.settle.ledger_ports import SettlementStore
    from karakoram.usecases.settle.print_bill import SettlementPaper
    from karakoram.usecases.settle.settlement_ports import TermsKeeper, TermsSource, TermsTarget
    from karakoram.usecases.settle.settling import Settling
    from karakoram.usecases.simulate.failure_words import ConnectionWords
    from karakoram.usecases.store.client_ports import Secrets
    from karakoram.usecases.store.fill_store import InventorySource
    from karakoram.usecases.store.store_ports import StoreKeeper
    from karakoram.usecases.table_ports import TableSource, TableTarget


def clock() -> Clock:
    """The clock that says which day's prices hold."""
    return SystemClock()


def network_source(folder: Path | None = None) -> NetworkSource:
    """The network in ``folder``; the reference corridor where none is named."""
    return FolderSource(corridor_folder() if folder is None else folder)


def network_target(folder: Path) -> NetworkTarget:
    """Where a new network is written."""
    return NewFolder(folder)


def catalogue_store(folder: Path | None = None) -> CatalogueStore:
    """The catalogue in ``folder``; that of the reference corridor where none is named."""
    files = import_module("karakoram.adapters.formats.catalogue_folder")
    return cast(
        "CatalogueStore", files.CatalogueFolder(catalogue_folder() if folder is None else folder)
    )


def price_list_file(path: Path) -> PriceListStore:
    """The file that a price list is read from or written to."""
    files = import_module("karakoram.adapters.formats.price_list_file")
    return cast("PriceListStore", files.PriceListFile(path))


def table_source(path: Path) -> "TableSource":
    """The file that rows are read from; its ending says its form."""
    files = import_module("karakoram.adapters.formats.table_file")
    return cast("TableSource", files.TableFile(path))


def table_target(path: Path) -> "TableTarget":
    """The file that a table is written to; its ending says its form."""
    files = import_module("karakoram.adapters.formats.table_file")
    return cast("TableTarget", files.TableFile(path))


def book_target(path: Path) -> "BookTarget":
    """The file of Beancount that a book is written to."""
    files = import_module("karakoram.adapters.formats.beancount_file")
    return cast("BookTarget", files.BeancountFile(path))


def time_zones() -> "ZoneSource":
    """Who knows the time zones."""
    zones = import_module("karakoram.adapters.time_zones")
    return cast("ZoneSource", zones.SystemZones())


def quote_pdf(path: Path, *, fonts: Path | None = None) -> "PaperPrinter[QuotePaper]":
    """The PDF file that a quote is written to."""
    papers = import_module("karakoram.adapters.formats.quote_pdf")
    return _pdf_file(path, papers.QUOTE, fonts=fonts)


def settlement_pdf(path: Path, *, fonts: Path | None = None) -> "PaperPrinter[SettlementPaper]":
    """The PDF file that an invoice, a credit note or a statement is written to."""
    papers = import_module("karakoram.adapters.formats.settlement_pdf")
    return _pdf_file(path, papers.SETTLEMENT, fonts=fonts)


def _pdf_file(
    path: Path, form: "PaperForm[PaperT]", *, fonts: Path | None
) -> "PaperPrinter[PaperT]":
    """The PDF file that papers of that form are written to."""
    files = import_module("karakoram.adapters.formats.typesetting")
    return cast("PaperPrinter[PaperT]", files.PdfFile(path=path, form=form, fonts=fonts))


def moments() -> "Moments":
    """The clock that says what time it is."""
    return SystemClock()


def pause() -> "Pause":
    """Who lets time pass."""
    return SystemClock()


def identifiers() -> "IdSource":
    """Who makes new identifiers."""
    made = import_module("karakoram.adapters.identifiers")
    return cast("IdSource", made.TimeOrderedIds())


def client_secrets() -> "Secrets":
    """Who makes the secrets of clients, and tells whether one is right."""
    made = import_module("karakoram.adapters.secrets")
    return cast("Secrets", made.ScryptSecrets())


def sales_store(word: str) -> "SalesStore":
    """The store that a word names: the path of a file, or the address of a server."""
    stores = import_module("karakoram.adapters.store.opening")
    return cast("SalesStore", stores.open_store(word))


def settlement_store(word: str) -> "SettlementStore":
    """The same store, its ledger included."""
    stores = import_module("karakoram.adapters.store.opening")
    return cast("SettlementStore", stores.open_store(word))


def job_store(word: str) -> "JobStore":
    """The same store, its jobs included."""
    stores = import_module("karakoram.adapters.store.opening")
    return cast("JobStore", stores.open_store(word))


def new_sales_store(word: str) -> "SalesStore":
    """A new, empty store at the place that a word names."""
    stores = import_module("karakoram.adapters.store.opening")
    return cast("SalesStore", stores.make_store(word))


def store_place(word: str) -> str:
    """The word that names a store, as it may be told to anybody: without a password."""
    addresses = import_module("karakoram.adapters.store.addresses")
    return cast("str", addresses.shown_place(word))


def store_keeper(word: str) -> "StoreKeeper":
    """Who looks after the store that a word names."""
    keeping = import_module("karakoram.adapters.store.keeping")
    return cast("StoreKeeper", keeping.Keeper(word))


def legs_file(path: Path) -> LegFile:
    """The file that legs are read from or written to."""
    files = import_module("karakoram.adapters.formats.legs_file")
    return cast("LegFile", files.LegsFile(path))


def key_file(path: Path) -> KeySource:
    """The file that holds a secret key."""
    files = import_module("karakoram.adapters.formats.legs_file")
    return cast("KeySource", files.KeyFile(path))


def report_file(path: Path) -> ReportWriter:
    """The page that a report is written to."""
    return ReportFile(path)


def photonic_source(
    *,
    network: Path,
    equipment: Path,
    spectrum: Path | None = None,
    simulation: Path | None = None,
    services: Path | None = None,
) -> PhotonicSource:
    """The photonic network that files of GNPy describe."""
    files = import_module("karakoram.adapters.formats.gnpy_files")
    source = files.GnpyFiles(
        network=network,
        equipment=equipment,
        spectrum=spectrum,
        simulation=simulation,
        services=services,
    )
    return cast(PhotonicSource, source)


def workers(*, count: int, cluster: str | None = None) -> Workers:
    """Processes of this machine, or the workers of the scheduler at ``cluster``."""
    if cluster is not None:
        machines = import_module("karakoram.adapters.workers.cluster")
        return cast("Workers", machines.DaskCluster(cluster))
    processes = import_module("karakoram.adapters.workers.pool")
    return cast("Workers", processes.ProcessPool(count))


def plot_file(path: Path) -> PropagationPlotter:
    """The drawing that light along a path is written to."""
    plots = import_module("karakoram.adapters.formats.plot_files")
    return cast(PropagationPlotter, plots.PlotFile(path))


def photonic_target(path: Path) -> PhotonicTarget:
    """The network file of GNPy that a designed network is written to."""
    files = import_module("karakoram.adapters.formats.photonic_files")
    return cast("PhotonicTarget", files.GnpyNetworkFile(path))


def design_plot_file(path: Path) -> DesignPlotter:
    """The drawing that the amplifiers of a network are written to."""
    files = import_module("karakoram.adapters.formats.photonic_files")
    return cast("DesignPlotter", files.DesignPlotFile(path))


def topology_source(word: str) -> TopologySource:
    """The topology that a word names: the path of a file, or a name of the library."""
    library = import_module("karakoram.adapters.formats.topologies.library")
    return cast("TopologySource", library.NamedTopology(word))


def traffic_tables(
    *,
    trace: Path | None = None,
    matrix: Path | None = None,
    reach_table: Path | None = None,
    bit_rates: Path | None = None,
    reserved: tuple[Path, ...] = (),
) -> TrafficTableSource:
    """The files that a trace, a matrix, modulations, bit rates and reserved bands stand in."""
    files = import_module("karakoram.adapters.formats.traffic_tables")
    tables = files.TrafficFiles(
        trace=trace,
        matrix=matrix,
        reach_table=reach_table,
        bit_rates=bit_rates,
        reserved=reserved,
    )
    return cast("TrafficTableSource", tables)


def pair_source(path: Path) -> PairSource:
    """The file that pairs of sites stand in."""
    files = import_module("karakoram.adapters.formats.pairs_file")
    return cast("PairSource", files.PairsFile(path))


def router_of_many_pairs() -> PairRouter:
    """Who routes thousands of pairs; it is compiled, and loading the compiler takes a second."""
    batches = import_module("karakoram.planning.topology_batches")
    return cast("PairRouter", batches.batch_routes)


def connections_in(path: Path) -> "tuple[ConnectionWords, ...]":
    """The connections that a file lists."""
    files = import_module("karakoram.adapters.formats.failure_files")
    return cast("tuple[ConnectionWords, ...]", files.read_connections(path))


def demands_in(path: Path) -> "tuple[DemandWords, ...]":
    """The wavelengths between two sites each that a file asks for."""
    files = import_module("karakoram.adapters.formats.regenerator_files")
    return cast("tuple[DemandWords, ...]", files.read_demands(path))


def wet_line_in(path: Path) -> "WetLineDescription":
    """The submarine line that a file describes."""
    files = import_module("karakoram.adapters.formats.wet_line_file")
    return cast("WetLineDescription", files.read_wet_line(path))


def order_reader(path: Path) -> "OrderReader":
    """Who reads the wavelengths of a load file."""
    files = import_module("karakoram.adapters.formats.load_files")
    return partial(files.read_load, path)


def measurement_reader(path: Path) -> "MeasurementReader":
    """Who reads the measured channels of a file."""
    files = import_module("karakoram.adapters.formats.measured_channels_file")
    return partial(files.read_measured_channels, path)


def budget_source(path: Path) -> BudgetSource:
    """The file that a partner's noise budget is read from."""
    files = import_module("karakoram.adapters.formats.noise_budget_file")
    return cast("BudgetSource", files.BudgetFile(path))


def budget_target(path: Path) -> BudgetTarget:
    """The file that a noise budget is written to."""
    files = import_module("karakoram.adapters.formats.noise_budget_file")
    return cast("BudgetTarget", files.BudgetFile(path))


def selling(word: str, *, network: Path | None = None, catalogue: Path | None = None) -> "Selling":
    """All that use cases of sales need, on the store that ``word`` names."""
    plans = import_module("karakoram.sales.feasibility.planners")
    preparing = import_module("karakoram.planning.prepare")
    opening = opening_lines(word, network=network, catalogue=catalogue)
    return replace(opening, planners=plans.planners(preparing.prepare(opening.network)))


def opening_lines(
    word: str, *, network: Path | None = None, catalogue: Path | None = None
) -> "Selling":
    """The same without planners, for what is groomed and not quoted: no light is computed."""
    sells = import_module("karakoram.usecases.sell.selling")
    filling = import_module("karakoram.usecases.store.fill_store")
    there = network_source(network).read_network()
    store = sales_store(word)
    filling.refuse_other_network(there, store=store)
    made = sells.Selling(
        store=store,
        ids=identifiers(),
        catalogue=catalogue_store(catalogue).read_catalogue(there),
        network=there,
        planners={},
    )
    return cast("Selling", made)


def inventory_source(folder: Path | None = None) -> "InventorySource":
    """The inventory in ``folder``; that of the reference corridor where none is named."""
    files = import_module("karakoram.adapters.formats.inventory_folder")
    packaged = import_module("karakoram.refdata.packaged")
    chosen = packaged.packaged_folder("inventory") if folder is None else folder
    return cast("InventorySource", files.InventoryFolder(chosen))


def terms_source(folder: Path | None = None) -> "TermsSource":
    """The settlement terms in ``folder``; those of the reference corridor where none is named."""
    files = import_module("karakoram.adapters.formats.settlement_folder")
    packaged = import_module("karakoram.refdata.packaged")
    chosen = packaged.packaged_folder("settlement") if folder is None else folder
    return cast("TermsSource", files.SettlementFolder(chosen, zones=time_zones()))


def terms_target(folder: Path) -> "TermsTarget":
    """The new folder that a copy of settlement terms goes to."""
    files = import_module("karakoram.adapters.formats.settlement_folder")
    return cast("TermsTarget", files.NewSettlementFolder(folder))


def own_terms(folder: Path) -> "TermsKeeper":
    """The settlement terms that somebody keeps in ``folder``."""
    files = import_module("karakoram.adapters.formats.settlement_folder")
    return cast("TermsKeeper", files.OwnSettlementFolder(folder, zones=time_zones()))


def settling(word: str, *, terms: Path | None = None, catalogue: Path | None = None) -> "Settling":
    """All that use cases of settlement need, on the store that ``word`` names."""
    settles = import_module("karakoram.usecases.settle.settling")
    made = settles.Settling(
        store=settlement_store(word),
        ids=identifiers(),
        catalogue=catalogue_store(catalogue).read_catalogue(),
        terms=terms_source(terms).read_terms(),
        zones=time_zones(),
    )
    return cast("Settling", made)


def partners_source(path: Path) -> "PartnersSource":
    """The file that partners are written down in."""
    files = import_module("karakoram.adapters.formats.partners_file")
    return cast("PartnersSource", files.PartnersFile(path))


def buying(word: str, *, partners: Path) -> "Buying":
    """All that use cases of buying need, on the store that ``word`` names."""
    buys = import_module("karakoram.usecases.buy.partner_legs")
    sonata = import_module("karakoram.adapters.partners.sonata_partner")
    accounts = partners_source(partners).read_accounts()
    made = buys.Buying(
        store=sales_store(word),
        ids=identifiers(),
        partners={each.terms.operator_id: sonata.SonataPartner(each) for each in accounts},
    )
    return cast("Buying", made)
