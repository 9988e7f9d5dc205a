"""How does somebody begin settlement terms of their own?"""

from karakoram.settlement.terms import SettlementTerms
from karakoram.usecases.settle.settlement_ports import TermsSource, TermsTarget


def copy_terms(*, source: TermsSource, target: TermsTarget) -> SettlementTerms:
    """The terms, copied to where nothing is yet.

    Parameters
    ----------
    source
        The terms to begin with.
    target
        Where the copy goes.

    Raises
    ------
    InvalidDataError
        If the terms break a rule; carries every finding.
    RefusedError
        If there is something at the target already.
    """
    terms = source.read_terms()
    target.write_terms(terms)
    return terms
