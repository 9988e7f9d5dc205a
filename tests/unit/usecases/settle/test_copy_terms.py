from karakoram.settlement.terms import SettlementTerms
from karakoram.usecases.settle.copy_terms import copy_terms
from karakoram.usecases.settle.settlement_ports import TermsTarget
from tests.support.settling import terms


class Given:
    def read_terms(self, network=None):
        return terms()


class Taken:
    def __init__(self):
        self.taken = []

    def write_terms(self, terms: SettlementTerms) -> None:
        self.taken.append(terms)


def test_what_is_read_is_what_is_written():
    target = Taken()
    assert isinstance(target, TermsTarget)
    assert copy_terms(source=Given(), target=target) == terms()
    assert target.taken == [terms()]
