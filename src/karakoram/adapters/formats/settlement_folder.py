"""How are the terms of settlement read from a folder of plain tables?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.network_tables import (
    csv_from_records,
    file_name,
    placed,
    read_table,
)
from karakoram.adapters.formats.new_folder import write_new_folder
from karakoram.adapters.formats.text_files import write_text
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.network.network import Network
from karakoram.refdata.levies import Levy
from karakoram.settlement.agreed_commitments import AgreedCommitment
from karakoram.settlement.agreements import AgreedShare, SettlementAgreement
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.owner_books import OwnerBook
from karakoram.settlement.taxed_products import TaxedProduct
from karakoram.settlement.terms import SettlementTerms, validate_terms
from karakoram.usecases.ports import ZoneSource

SETTLEMENT_TABLES: Mapping[str, type[Any]] = {
    "settlement_agreements": SettlementAgreement,
    "agreed_shares": AgreedShare,
    "owner_books": OwnerBook,
    "exchange_rates": ExchangeRate,
    "taxed_products": TaxedProduct,
    "taxes_and_levies": Levy,
    "minimum_commitments": AgreedCommitment,
}
"""The tables of the folder, by the field of ``SettlementTerms`` that they fill."""


@dataclass(frozen=True, slots=True)
class NewSettlementFolder:
    """A folder of terms that is yet to be made, or empty."""

    folder: Path

    def write_terms(self, terms: SettlementTerms) -> None:
        """Write every table.

        Raises
        ------
        RefusedError
            If the folder holds something, or the disk refuses.
        """
        texts = {
            f"{table}.csv": csv_from_records(getattr(terms, table), record_type=record_type)
            for table, record_type in SETTLEMENT_TABLES.items()
        }
        write_new_folder(self.folder, texts)


@dataclass(frozen=True, slots=True)
class SettlementFolder:
    """Terms of settlement in a folder of tables."""

    folder: Traversable
    zones: ZoneSource

    def read_terms(self, network: Network | None = None) -> SettlementTerms:
        """The terms.

        Parameters
        ----------
        network
            Whose operators they may name; ``None`` leaves the names unjudged.

        Raises
        ------
        InvalidDataError
            If a table cannot be read or breaks a rule; carries every finding.
        """
        tables = {
            table: read_table(self.folder, table, record_type=record_type)
            for table, record_type in SETTLEMENT_TABLES.items()
        }
        terms = SettlementTerms(
            **{table: reading.records for table, reading in tables.items()}  # type: ignore[arg-type]
        )
        findings = (
            *(finding for reading in tables.values() for finding in reading.findings),
            *(placed(finding, tables) for finding in validate_terms(terms, network=network)),
            *(placed(finding, tables) for finding in self._about_zones(terms)),
        )
        if errors_of(findings):
            raise InvalidDataError(findings)
        return terms

    def _about_zones(self, terms: SettlementTerms) -> Iterator[Finding]:
        """Books whose time zone nobody knows."""
        for book in terms.owner_books.values():
            try:
                self.zones.zone(book.time_zone)
            except ValueError as error:
                place = Place(table="owner_books", record=book.operator_id, field="time_zone")
                yield Finding(code="unknown-time-zone", place=place, message=str(error))


@dataclass(frozen=True, slots=True)
class OwnSettlementFolder:
    """Terms of settlement that somebody keeps in a folder of its own."""

    folder: Path
    zones: ZoneSource

    def read_terms(self, network: Network | None = None) -> SettlementTerms:
        """The terms, as of ``SettlementFolder``.

        Raises
        ------
        InvalidDataError
            If a table cannot be read or breaks a rule; carries every finding.
        """
        return SettlementFolder(self.folder, zones=self.zones).read_terms(network)

    def write_exchange_rates(self, exchange_rates: Mapping[str, ExchangeRate]) -> None:
        """Write the table of exchange rates.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        text = csv_from_records(exchange_rates, record_type=ExchangeRate)
        write_text(text, self.folder / file_name("exchange_rates"))
