"""How does somebody get an account?"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.core.names import is_mended
from karakoram.sales.change_log import Deed
from karakoram.sales.parties import Party
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesStore, SalesWriter


def register_party(party: Party, *, deed: Deed, store: SalesStore, ids: IdSource) -> Party:
    """The party, registered; one that is registered just so stays as it is.

    One that an earlier program registered under a name that is refused today takes the right one.

    Raises
    ------
    RefusedError
        With code ``party-differs`` where another record stands under the identifier, or
        ``unknown-sponsor``.
    """

    def write(tx: SalesWriter) -> Party:
        known = tx.find(Party, party.party_id)
        if known == party:
            return party
        if known is not None and is_mended(known, party):
            mended = tx.replace(replace(party, version=known.version))
            change = Change(action="party.mend", subject_kind="party", subject_id=party.party_id)
            log_change(tx, ids, deed=deed, change=change)
            return mended
        if known is not None:
            raise RefusedError(
                f"{party.party_id} is registered as {known.name}, otherwise than told now",
                code="party-differs",
                where=party.party_id,
                alternatives=("choose another identifier",),
            )
        if party.sponsor_id is not None and tx.find(Party, party.sponsor_id) is None:
            raise RefusedError(
                f"the sponsor {party.sponsor_id} is not registered",
                code="unknown-sponsor",
                where=party.party_id,
                alternatives=("register the sponsor first",),
            )
        tx.add(party)
        change = Change(action="party.register", subject_kind="party", subject_id=party.party_id)
        log_change(tx, ids, deed=deed, change=change)
        return party

    return store.write(write)
