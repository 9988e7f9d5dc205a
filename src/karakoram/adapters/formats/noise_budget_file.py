"""How does a noise budget stand in a file that operators exchange, and what may be wrong in one?

A JSON object of the figures of a :class:`NoiseBudget`, and of nothing else: whoever gets it learns
what light is like where the leg hands it over, and nothing of spans, fibres and amplifiers.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.text_files import read_text, write_text
from karakoram.core.cells import control_breach, did_you_mean, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.fields import Bounds, bounds_by_field
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.photonic.noise_budget import BudgetBand, NoiseBudget
from karakoram.network.photonic.spectral import FrequencyBand

FORMAT = "karakoram-noise-budget"
FORMAT_VERSION = 1
HOLDS = "it holds the noise budget of a leg as a JSON object"
FILE_BYTES_MAX = 4 * 2**20
BANDS_MAX = 10_000
_TEXTS = ("operator", "from_site", "to_site", "source")
_OPTIONAL_TEXTS = ("source_date", "note")
_NUMBERS = (
    *("pmd_ps", "pdl_db", "latency_ms", "symbol_rate_gbaud"),
    *("input_power_dbm", "output_power_dbm"),
)
_BAND_NUMBERS = ("lower_thz", "upper_thz", "gsnr_db", "cd_ps_per_nm")
BUDGET_KEYS = (
    *("format", "format_version", "operator", "from_site", "to_site", "valid_until"),
    *("full_load", *_NUMBERS, "source", "source_date", "confidence", "note", "bands"),
)
_UNITS: Mapping[str, str] = {
    "thz": "THz",
    "ghz": "GHz",
    "db": "dB",
    "dbm": "dBm",
    "ps": "ps",
    "ms": "ms",
}
_CONFIDENCES: Mapping[str, Confidence] = {one.value: one for one in Confidence}
_BOUNDS: Mapping[str, Bounds] = {
    **{name: bounds_by_field(NoiseBudget)[name] for name in _NUMBERS},
    **{name: bounds_by_field(FrequencyBand)[name] for name in ("lower_thz", "upper_thz")},
    **{name: bounds_by_field(BudgetBand)[name] for name in ("gsnr_db", "cd_ps_per_nm")},
}


def json_from_budget(budget: NoiseBudget) -> dict[str, Any]:
    """The budget as the object that stands in a file."""
    provenance = budget.provenance
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "operator": budget.operator_id,
        "from_site": budget.from_site_id,
        "to_site": budget.to_site_id,
        "valid_until": budget.valid_until.isoformat(),
        "full_load": budget.is_full_load,
        **{name: getattr(budget, name) for name in _NUMBERS},
        "source": provenance.source,
        "source_date": provenance.source_date,
        "confidence": provenance.confidence.value,
        "note": provenance.note,
        "bands": [
            {
                "lower_thz": one.band.lower_thz,
                "upper_thz": one.band.upper_thz,
                "gsnr_db": one.gsnr_db,
                "cd_ps_per_nm": one.cd_ps_per_nm,
            }
            for one in budget.bands
        ],
    }


@dataclass(frozen=True, slots=True)
class BudgetFile:
    """A file of one noise budget on the disk."""

    path: Path

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    def write_budget(self, budget: NoiseBudget) -> None:
        """Write the budget in one step."""
        text = json.dumps(json_from_budget(budget), indent=1, ensure_ascii=False)
        write_text(f"{text}\n", self.path)

    def read_budget(self) -> NoiseBudget:
        """The budget in the file.

        Raises
        ------
        InvalidDataError
            With a finding for everything that is wrong in it.
        """
        text = read_text(self.path.parent, self.path.name, bytes_max=FILE_BYTES_MAX, holds=HOLDS)
        if isinstance(text, Finding):
            raise InvalidDataError((text,))
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            where = f" ({error})" if isinstance(error, ValueError) else ""
            raise InvalidDataError((self._finding("not-json", f"is not JSON{where}"),)) from error
        if not isinstance(document, dict):
            message = "holds no JSON object; it must begin with '{'"
            raise InvalidDataError((self._finding("not-an-object", message),))
        findings = tuple(self._findings(document))
        if findings:
            raise InvalidDataError(findings)
        return self._budget(document)

    def _findings(self, document: Mapping[str, Any]) -> Iterator[Finding]:
        yield from self._wrong_keys(document, known=BUDGET_KEYS, optional=_OPTIONAL_TEXTS)
        for key, right in (("format", FORMAT), ("format_version", FORMAT_VERSION)):
            if key in document and document[key] != right:
                yield self._finding("unknown-format", f"must be {right!r}", field=key)
        for key in (*_TEXTS, *_OPTIONAL_TEXTS):
            if key in document:
                yield from self._wrong_text(document[key], key, may_be_empty=key not in _TEXTS)
        yield from self._wrong_numbers(document, _NUMBERS)
        if not isinstance(document.get("full_load", True), bool):
            yield self._finding("wrong-type", "must be true or false", field="full_load")
        if document.get("confidence", "stated") not in _CONFIDENCES:
            message = f"must be one of {', '.join(_CONFIDENCES)}"
            yield self._finding("unknown-word", message, field="confidence")
        if "valid_until" in document and _day(document["valid_until"]) is None:
            message = "must be a day as 2027-06-30, in quotes"
            yield self._finding("not-a-date", message, field="valid_until")
        if "bands" in document:
            yield from self._wrong_bands(document["bands"])

    def _wrong_bands(self, bands: object) -> Iterator[Finding]:
        if not isinstance(bands, list) or not 1 <= len(bands) <= BANDS_MAX:
            message = f"must be a list of 1 to {BANDS_MAX:,} bands"
            yield self._finding("wrong-type", message, field="bands")
            return
        for number, band in enumerate(bands):
            place = f"bands[{number}]"
            if not isinstance(band, dict):
                yield self._finding("wrong-type", "must be an object", field=place)
                continue
            yield from self._wrong_keys(band, known=_BAND_NUMBERS, within=f"{place}.")
            yield from self._wrong_numbers(band, _BAND_NUMBERS, within=f"{place}.")

    def _wrong_keys(
        self,
        document: Mapping[str, Any],
        *,
        known: tuple[str, ...],
        optional: tuple[str, ...] = (),
        within: str = "",
    ) -> Iterator[Finding]:
        absent = [key for key in known if key not in document]
        for key in document:
            if key not in known:
                message = f"{shown(key)} is not known; rename or remove it"
                yield self._finding(
                    "unknown-key",
                    message + did_you_mean(key, absent),
                    field=f"{within}{key[:100]}",
                )
        for key in absent:
            if key not in optional:
                yield self._finding("missing-key", "is missing; add it", field=f"{within}{key}")

    def _wrong_text(self, value: object, key: str, *, may_be_empty: bool) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield self._finding("wrong-type", "must be text", field=key)
        elif not may_be_empty and not value.strip():
            yield self._finding("empty-text", "must not be empty", field=key)
        elif (breach := control_breach(value)) is not None:
            yield self._finding(breach.code, breach.message, field=key)

    def _wrong_numbers(
        self, document: Mapping[str, Any], names: tuple[str, ...], *, within: str = ""
    ) -> Iterator[Finding]:
        for name in names:
            value = document.get(name, 0.0)
            if name not in document:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield self._finding("not-a-number", "must be a number", field=f"{within}{name}")
                continue
            breach = _BOUNDS[name].breach(float(max(min(value, 10**300), -(10**300))))
            if breach is not None:
                unit = _UNITS.get(name.rpartition("_")[2], "")
                hint = f"; check the unit, it is {unit}" if unit else ""
                yield self._finding("out-of-bounds", f"{breach}{hint}", field=f"{within}{name}")

    def _budget(self, document: Mapping[str, Any]) -> NoiseBudget:
        """The budget of a document whose values are right one by one.

        Raises
        ------
        InvalidDataError
            Where they contradict each other.
        """
        valid_until = _day(document["valid_until"])
        assert valid_until is not None, "findings tell what is no day"
        try:
            return NoiseBudget(
                operator_id=OperatorId(document["operator"]),
                from_site_id=SiteId(document["from_site"]),
                to_site_id=SiteId(document["to_site"]),
                bands=tuple(
                    BudgetBand(
                        band=FrequencyBand(
                            lower_thz=float(band["lower_thz"]), upper_thz=float(band["upper_thz"])
                        ),
                        gsnr_db=float(band["gsnr_db"]),
                        cd_ps_per_nm=float(band["cd_ps_per_nm"]),
                    )
                    for band in document["bands"]
                ),
                **{name: float(document[name]) for name in _NUMBERS},
                is_full_load=document["full_load"],
                valid_until=valid_until,
                provenance=Provenance(
                    source=document["source"],
                    source_date=document.get("source_date", ""),
                    confidence=_CONFIDENCES[document["confidence"]],
                    note=document.get("note", ""),
                ),
            )
        except ValueError as refusal:
            _, _, words = str(refusal).partition(".")
            found = self._finding("contradiction", words or str(refusal), field="bands")
            raise InvalidDataError((found,)) from refusal

    def _finding(self, code: str, message: str, *, field: str | None = None) -> Finding:
        place = Place(table=self.path.stem, file=self.path.name, field=field)
        return Finding(code=code, place=place, message=message)


def _day(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
