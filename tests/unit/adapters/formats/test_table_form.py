"""A table has a line for each line of each record, in their order."""

from karakoram.adapters.formats.table_form import TableForm, itself


def test_each_record_gives_its_lines_in_the_columns_of_the_form():
    form = TableForm(lines=str.split, columns={"word": str.upper, "letters": len})
    table = form.table(("to be", "or"))
    assert (table.header, table.rows) == (("word", "letters"), (("TO", 2), ("BE", 2), ("OR", 2)))


def test_a_record_without_lines_of_its_own_is_its_one_line():
    form = TableForm(lines=itself, columns={"figure": lambda figure: figure + 1})
    assert form.cells(6) == ((7,),)
