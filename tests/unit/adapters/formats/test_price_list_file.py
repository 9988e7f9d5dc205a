"""A price list goes out as CSV or as a workbook, and comes back the same."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from unittest.mock import patch

import openpyxl
import pytest

from karakoram.adapters.formats import xlsx_table
from karakoram.adapters.formats.price_list_file import PriceListFile
from karakoram.core.errors import RefusedError
from tests.support.catalogues import PRICES, by_identifier, price

AWKWARD = (
    *PRICES,
    price("tiny", "DPLC", "0.000123456789012345678901", name="=SUM(A1)"),
    price("sheet", "DPLC", "1", name='x, "y"\nz', valid_from=date(2026, 1, 1)),
    replace(price("tier", "DPLC", "2"), tier_from=Decimal(5), tier_to=Decimal("7.5")),
)


@pytest.mark.parametrize("name", ["prices.csv", "prices.xlsx", "PRICES.XLSX"])
def test_what_is_written_is_read_again(tmp_path, name):
    file = PriceListFile(tmp_path / name)
    file.write_prices(by_identifier(AWKWARD))
    prices, findings = file.read_prices()
    assert findings == ()
    assert prices == by_identifier(AWKWARD)


def test_amounts_stand_in_a_workbook_as_numbers_and_text_is_no_formula(tmp_path):
    PriceListFile(tmp_path / "p.xlsx").write_prices(by_identifier(AWKWARD))
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    header = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    assert rows["dsl-month"]["amount"].value == 999
    assert rows["tiny"]["amount"].value == "0.000123456789012345678901"
    assert rows["tiny"]["name"].data_type == "s"


def test_a_day_that_a_spreadsheet_made_a_moment_is_a_day(tmp_path):
    file = PriceListFile(tmp_path / "p.xlsx")
    file.write_prices(by_identifier(PRICES[:1]))
    book = openpyxl.load_workbook(file.path)
    header = [cell.value for cell in book.active[1]]
    cell = book.active.cell(row=2, column=header.index("valid_from") + 1)
    cell.value = datetime(2026, 7, 1)  # noqa: DTZ001  (a spreadsheet has no zones)
    book.save(file.path)
    (read,) = file.read_prices()[0].values()
    assert read.valid_from == date(2026, 7, 1)


def test_everything_wrong_is_told_with_row_and_field(tmp_path):
    path = tmp_path / "p.csv"
    PriceListFile(path).write_prices(by_identifier(PRICES))
    text = path.read_text().replace("9000", "cheap", 1).replace("999", "-1", 1)
    path.write_text(text)
    found = [
        (f.code, f.place.file, f.place.row, f.place.field)
        for f in PriceListFile(path).read_prices()[1]
    ]
    assert found == [
        ("not-a-number", "p.csv", 2, "amount"),
        ("broken-rule", "p.csv", 6, "amount"),
    ]


def test_a_file_that_is_none_is_told(tmp_path):
    def code(name):
        prices, findings = PriceListFile(tmp_path / name).read_prices()
        assert prices == {}
        return findings[0].code

    assert code("nowhere.csv") == "missing-file"
    (tmp_path / "broken.csv").write_text('a,"b')
    assert code("broken.csv") == "not-csv"
    (tmp_path / "broken.xlsx").write_text("no workbook")
    assert code("broken.xlsx") == "not-a-workbook"
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert code("empty.xlsx") == "empty-file"


def test_a_name_without_a_known_format_is_refused(tmp_path):
    with pytest.raises(RefusedError, match=r"must end with \.csv or \.xlsx"):
        PriceListFile(tmp_path / "prices.pdf").write_prices({})


def test_without_openpyxl_it_is_said_what_to_do(tmp_path):
    PriceListFile(tmp_path / "p.xlsx").write_prices(by_identifier(PRICES))
    with patch.object(xlsx_table, "import_module", side_effect=ImportError):
        for use in (PriceListFile.read_prices, lambda file: file.write_prices({})):
            with pytest.raises(RefusedError) as refused:
                use(PriceListFile(tmp_path / "p.xlsx"))
            assert refused.value.code == "excel-not-installed"
            assert "install karakoram[excel]" in refused.value.alternatives
