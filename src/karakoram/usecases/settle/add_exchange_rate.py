"""How does the rate of another day come into settlement terms?"""

from dataclasses import replace

from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import errors_of
from karakoram.settlement.exchange import ExchangeRate
from karakoram.settlement.terms import validate_terms
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


def _key(exchange_rate: ExchangeRate) -> tuple[object, ...]:
    return (exchange_rate.base_currency, exchange_rate.quote_currency, exchange_rate.valid_from)
