"""Which topology does a plain edge list hold, and which edge list does a topology make?

One section a row: ``a,z,length_km``, and where wanted ``srlg`` (risk groups separated by ``;``),
``section_id`` and ``length_basis``. Sites are those that sections name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from karakoram.adapters.formats.csv_table import rows_from_csv
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.topologies.judgement import file_provenance, judged_topology
from karakoram.core.cells import shown
from karakoram.core.fields import check_fields
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.core.tables import HEADER_ROW, NumberedRow, columns_of, records_from_rows
from karakoram.network.topology import (
    SectionKm,
    SectionLengthBasis,
    Topology,
    TopologySection,
    TopologySite,
    section_ids,
)
from karakoram.network.validate_topology import SECTIONS

REQUIRED_COLUMNS = ("a", "z", "length_km")
OPTIONAL_COLUMNS = ("srlg", "section_id", "length_basis")

_FIELDS: Mapping[str, str] = {"a_site_id": "a", "z_site_id": "z", "risk_group_ids": "srlg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRow:
    """One row of an edge list."""

    section_id: SectionId
    a: SiteId
    z: SiteId
    length_km: SectionKm
    srlg: tuple[RiskGroupId, ...] = ()
    length_basis: SectionLengthBasis = SectionLengthBasis.PUBLISHED

    def __post_init__(self) -> None:
        check_fields(self)
        if len(set(self.srlg)) < len(self.srlg):
            raise ValueError(f"EdgeRow.srlg must name each group once, got {';'.join(self.srlg)}")


def topology_from_edge_list(
    text: str, *, file: str, provenance: Provenance | None = None
) -> Reading[Topology]:
    """The topology in the text of an edge list; its name is that of the file.

    Parameters
    ----------
    text
        CSV with commas; the first row names the columns, in any order.
    file
        Name of the file, for the findings.
    provenance
        Where the figures come from; ``None`` names the file.
    """
    table = file.rpartition(".")[0] or file
    log = Log(file)
    csv_rows = rows_from_csv(text, table=table)
    for finding in (*csv_rows.findings, *_header_findings(csv_rows.header, table=table)):
        log.add(_in_file(finding, file))
    if not csv_rows.header or not any(name in REQUIRED_COLUMNS for name in csv_rows.header):
        return log.reading(None)
    rows = _with_ids(csv_rows.rows)
    records, findings = records_from_rows(
        rows, record_type=EdgeRow, table=table, header=_with_id_column(csv_rows.header)
    )
    for finding in findings:
        log.add(_in_file(finding, file))
    row_by_id = {cells["section_id"].strip(): number for number, cells in rows}
    return judged_topology(
        Topology(
            name=table,
            sites=tuple(_sites(records)),
            sections=tuple(map(_section, records)),
            provenance=file_provenance(file) if provenance is None else provenance,
        ),
        log,
        places={
            (SECTIONS, section_id): Place(table=table, record=section_id, row=row, file=file)
            for section_id, row in row_by_id.items()
        },
        fields=_FIELDS,
    )


def _header_findings(header: Sequence[str], *, table: str) -> Iterator[Finding]:
    """That the first row names none of the columns of an edge list."""
    if header and not any(name in REQUIRED_COLUMNS for name in header):
        wanted = ",".join(REQUIRED_COLUMNS)
        yield Finding(
            code="not-an-edge-list",
            place=Place(table=table, row=HEADER_ROW),
            message=f"{shown(', '.join(header))} names no column of an edge list; the first row "
            f"must be {wanted}, and where wanted {', '.join(OPTIONAL_COLUMNS)}",
        )


def _with_id_column(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(header) if "section_id" in header else ("section_id", *header)


def _with_ids(rows: Sequence[NumberedRow]) -> tuple[NumberedRow, ...]:
    """The rows, each with an identifier: its own, or one made of its ends."""
    if rows and "section_id" in rows[0][1]:
        return tuple(rows)
    ids = section_ids((cells.get("a", "").strip(), cells.get("z", "").strip()) for _, cells in rows)
    return tuple(
        (number, {"section_id": section_id, **cells})
        for section_id, (number, cells) in zip(ids, rows, strict=True)
    )


def _sites(rows: Sequence[EdgeRow]) -> Iterator[TopologySite]:
    for site_id in dict.fromkeys(end for row in rows for end in (row.a, row.z)):
        yield TopologySite(site_id=site_id)


def _section(row: EdgeRow) -> TopologySection:
    return TopologySection(
        section_id=row.section_id,
        a_site_id=row.a,
        z_site_id=row.z,
        length_km=row.length_km,
        length_basis=row.length_basis,
        risk_group_ids=row.srlg,
    )


def _in_file(finding: Finding, file: str) -> Finding:
    return replace(finding, place=replace(finding.place, file=file))


assert {*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS} == set(columns_of(EdgeRow))
