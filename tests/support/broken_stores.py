"""Stores that do something wrong, for whoever wants to see that it is found."""

import random


class Wrapped:
    """A store that does all as another does."""

    def __init__(self, store):
        self.inner = store
        self.rng = random.Random(1)

    def read(self, question):
        return self.inner.read(question)

    def write(self, action):
        return self.inner.write(action)

    def close(self):
        self.inner.close()


class _UndoneError(Exception):
    """Ends a transaction of which nothing shall remain."""


class TellsTooEarly(Wrapped):
    """Answers, now and then, although nothing was written."""

    def write(self, action):
        if self.rng.random() > 0.1:
            return self.inner.write(action)
        answers = []

        def undone(tx):
            answers.append(action(tx))
            raise _UndoneError

        try:
            self.inner.write(undone)
        except _UndoneError:
            return answers[0]


class _Writer:
    """A transaction that does all as another does."""

    def __init__(self, tx):
        self.tx = tx

    def __getattr__(self, name):
        return getattr(self.tx, name)


class _Forgetful(_Writer):
    def log(self, entry):
        """Keep every tenth entry to itself."""
        if hash(entry.entry_id) % 10:
            self.tx.log(entry)


class _Talkative(_Writer):
    def log(self, entry):
        """Tell of everything that is done to a leg twice."""
        self.tx.log(entry)
        if entry.action.startswith("leg."):
            self.tx.log(entry)


class _Amnesiac(_Writer):
    def replay(self, buyer_id, external_id):
        """Know nothing of what was asked before."""

    def remember(self, buyer_id, external_id, replay):
        """Remember nothing."""


class _Miser(_Writer):
    def release_claims(self, claims):
        """Give back all but the last."""
        self.tx.release_claims(tuple(claims)[:-1])

    def remove_resources(self, resource_ids):
        """Remove nothing."""


class _HalfWay(_Writer):
    def keep_claims(self, claims, *, claimant_id):
        """Leave to the offer what the product should have."""


def _through(writer):
    class Through(Wrapped):
        def write(self, action):
            return self.inner.write(lambda tx: action(writer(tx)))

    return Through


BROKEN = {
    "no": lambda store: store,
    "tells-too-early": TellsTooEarly,
    "forgets-entries": _through(_Forgetful),
    "tells-twice": _through(_Talkative),
    "forgets-names": _through(_Amnesiac),
    "keeps-units": _through(_Miser),
    "leaves-claims": _through(_HalfWay),
}
"""By name, how a store becomes such a one."""
