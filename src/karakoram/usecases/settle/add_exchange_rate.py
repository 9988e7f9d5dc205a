"""How does the rate of another day come into settlement terms?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import errors_of
from karakoram.network.network import Network
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.terms import SettlementTerms, validate_terms
from karakoram.usecases.do_many import ListRow, RowOutcome, do_many
from karakoram.usecases.settle.do_all import ListPlace, refused_row
from karakoram.usecases.settle.settlement_ports import TermsKeeper


def add_exchange_rate(exchange_rate: ExchangeRate, *, terms: TermsKeeper) -> bool:
    """Whether it was new; one that is there already is not written twice.

    Parameters
    ----------
    exchange_rate
        What one currency is worth in another from a day on.
    terms
        Where the terms are kept.

    Raises
    ------
    InvalidDataError
        If the terms break a rule; carries every finding.
    RefusedError
        With code ``rate-twice`` where another rate of that day is there, or where the place of the
        terms cannot be written.
    """
    held = terms.read_terms()
    same = next(
        (each for each in held.exchange_rates.values() if _key(each) == _key(exchange_rate)), None
    )
    if same is not None and same.quote_per_base == exchange_rate.quote_per_base:
        return False
    if same is not None:
        raise RefusedError(
            f"{same.base_currency} is worth {same.quote_per_base:f} {same.quote_currency} from "
            f"{same.valid_from} already ({same.rate_id})",
            code="rate-twice",
            where=same.rate_id,
            alternatives=(
                "name another day",
                f"change row {same.rate_id} of exchange_rates.csv, if nothing was booked by it",
            ),
        )
    every = {**held.exchange_rates, exchange_rate.rate_id: exchange_rate}
    findings = validate_terms(replace(held, exchange_rates=every))
    if errors_of(findings):
        raise InvalidDataError(findings)
    terms.write_exchange_rates(every)
    return True


def add_exchange_rates(
    asked: Sequence[ListRow[ExchangeRate]], *, terms: TermsKeeper, place: ListPlace
) -> tuple[RowOutcome[bool], ...]:
    """Whether each was new; all of them are written, or none.

    Parameters
    ----------
    asked
        In the order in which they are added.
    terms
        Where the terms are kept.
    place
        Where the rows come from.

    Raises
    ------
    InvalidDataError
        With a finding for each row that is refused, or if the terms break a rule.
    """
    held = _Held(terms.read_terms())
    before = held.terms
    outcomes = tuple(do_many(asked, lambda each: add_exchange_rate(each, terms=held)))
    findings = tuple(finding for each in outcomes for finding in refused_row(each, place))
    if findings:
        raise InvalidDataError(findings)
    if held.terms is not before:
        terms.write_exchange_rates(held.terms.exchange_rates)
    return outcomes


@dataclass(slots=True)
class _Held:
    """Terms with the rates of the rows so far; nothing of it is kept."""

    terms: SettlementTerms

    def read_terms(self, network: Network | None = None) -> SettlementTerms:  # noqa: ARG002
        """The terms, whose rates name nothing of a network."""
        return self.terms

    def write_exchange_rates(self, exchange_rates: Mapping[str, ExchangeRate]) -> None:
        """Hold these rates."""
        self.terms = replace(self.terms, exchange_rates=exchange_rates)


def _key(exchange_rate: ExchangeRate) -> tuple[object, ...]:
    return (exchange_rate.base_currency, exchange_rate.quote_currency, exchange_rate.valid_from)
