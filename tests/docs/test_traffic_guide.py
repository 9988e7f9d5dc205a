"""What the guide on traffic writes down is what the program reads."""

import re
from pathlib import Path

from tests.support.traffic_files import answered, written

TEXT = Path("docs/guides/traffic.md").read_text(encoding="utf-8")


def table(first_column):
    """The lines under the row that begins with a column."""
    (found,) = re.findall(rf"^    ({first_column},.*\n(?:    .+\n)*)", TEXT, flags=re.MULTILINE)
    return "\n".join(line.strip() for line in found.splitlines()) + "\n"


def test_the_tables_of_the_guide_are_read(tmp_path):
    side_by_side = [line.split() for line in table("from_site_id").splitlines()]
    matrix, bit_rates = ("\n".join(column) + "\n" for column in zip(*side_by_side, strict=True))
    played = answered(written(tmp_path, trace=table("arrives_at")))
    assert played.loads[0].figures.requests == 3
    drawn = answered(
        written(
            tmp_path,
            matrix=matrix,
            bit_rates=bit_rates,
            reach_table=table("reach_km"),
            reserved=table("n"),
        ),
        loads_erlang=(150.0,),
    )
    assert drawn.understood.requests.bit_rates_gbps == (100.0, 400.0)
    assert (~drawn.understood.usable).sum() == 44 * 8 + 2 * 2
