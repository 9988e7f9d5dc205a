"""How has a buyer configured a product?"""

from collections.abc import Mapping
from dataclasses import dataclass

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import near_misses

CONFIGURATION_TYPE = "urn:karakoram:product-configuration:v1"
"""Between operators: chosen values as words, by the names that the specification gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenValue:
    """One configured value as a word, by the name that the product's specification gives."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """All configured values of one product, sorted by name, each name once."""

    chosen: tuple[ChosenValue, ...] = ()

    def __post_init__(self) -> None:
        names = [each.name for each in self.chosen]
        if names != sorted(set(names)):
            raise ValueError(f"chosen values must be sorted by name, each once, got {names}")

    @property
    def by_name(self) -> dict[str, str]:
        """The values by name, as the catalogue takes them."""
        return {each.name: each.value for each in self.chosen}

    def value(self, name: str) -> str | None:
        """What was configured under ``name``; ``None`` where nothing was."""
        return next((each.value for each in self.chosen if each.name == name), None)

    def text(self, name: str) -> str:
        """The configured word.

        Raises
        ------
        NotFoundError
            If nothing was configured under ``name``.
        """
        found = self.value(name)
        if found is None:
            names = [each.name for each in self.chosen]
            raise NotFoundError(f"{name} is not configured.", near_misses=near_misses(name, names))
        return found

    def changed(self, changes: "Configuration") -> "Configuration":
        """The values of ``changes``, and its own where those name none."""
        return configuration({**self.by_name, **changes.by_name})


def configuration(values: Mapping[str, str]) -> Configuration:
    """The configuration with these values by name.

    >>> configuration({"term_months": "36", "bit_rate_gbps": "400"}).text("term_months")
    '36'
    """
    return Configuration(
        chosen=tuple(ChosenValue(name=name, value=value) for name, value in sorted(values.items()))
    )
