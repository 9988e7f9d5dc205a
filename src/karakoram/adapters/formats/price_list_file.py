"""How does a price list leave a catalogue as a spreadsheet, and come back?

CSV, or a workbook (XLSX) with one sheet; the columns are those of ``product_offering_prices``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from karakoram.adapters.formats.catalogue_tables import PRICES_TABLE
from karakoram.adapters.formats.table_file import TableFile
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.core.tables import records_from_rows
from karakoram.sales.catalogue.identifiers import ProductOfferingPriceId
from karakoram.sales.catalogue.offerings import ProductOfferingPrice
from karakoram.usecases.table_ports import table_from_records


@dataclass(frozen=True, slots=True)
class PriceListFile:
    """The prices of a catalogue in one file."""

    path: Path

    def read_prices(
        self,
    ) -> tuple[Mapping[ProductOfferingPriceId, ProductOfferingPrice], tuple[Finding, ...]]:
        """The prices of the rows that are right, and everything that is wrong.

        Raises
        ------
        RefusedError
            If the name ends in no format that is known, or what reads it is not installed.
        """
        try:
            found = self._file.read_rows()
        except InvalidDataError as bad:
            return {}, bad.findings
        if errors_of(found.findings):
            return {}, found.findings
        records, wrong = records_from_rows(
            found.rows, record_type=ProductOfferingPrice, table=found.table, header=found.header
        )
        prices = {record.product_offering_price_id: record for record in records}
        in_file = (replace(each, place=replace(each.place, file=found.file)) for each in wrong)
        return prices, (*found.findings, *in_file)

    def write_prices(self, prices: Mapping[ProductOfferingPriceId, ProductOfferingPrice]) -> None:
        """Write the prices, in their order.

        Raises
        ------
        RefusedError
            If the name ends in no format that is known, or what writes it is not installed.
        OSError
            If the disk refuses.
        """
        self._file.write_table(table_from_records(prices.values(), ProductOfferingPrice))

    @property
    def _file(self) -> TableFile:
        return TableFile(self.path, sheet=PRICES_TABLE)
