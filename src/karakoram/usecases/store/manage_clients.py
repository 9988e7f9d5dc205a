"""Who may log in, who did, and who was refused?"""

from dataclasses import dataclass, replace

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ApiClientId, OperatorId, PartyId
from karakoram.network.network import Network
from karakoram.sales.api_clients import (
    CLIENT_LIFE,
    ApiClient,
    ClientEvent,
    ClientKind,
    ClientRole,
    ClientState,
)
from karakoram.sales.change_log import Deed
from karakoram.usecases.sell.sales_action import Change, buyer_of, known_record, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter
from karakoram.usecases.store.client_ports import Secrets

_WORD_SHOWN_MAX = 100
"""Characters that the log keeps of the name under which somebody tried to log in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """What a client is made from."""

    client_id: ApiClientId
    kind: ClientKind
    roles: frozenset[ClientRole]
    party_id: PartyId | None = None
    operator_id: OperatorId | None = None


def add_client(
    new: NewClient,
    *,
    network: Network,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    secrets: Secrets,
) -> tuple[ApiClient, str]:
    """The client, and its secret, which is told here and never again.

    Parameters
    ----------
    new
        What it is called and may do.
    network
        Whose operators it may belong to.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.
    secrets
        Makes and digests secrets.

    Raises
    ------
    NotFoundError
        If the party is not registered.
    RefusedError
        With code ``client-there-already`` or ``unknown-operator``.
    ValueError
        If the roles do not fit whom it belongs to.
    """
    if new.operator_id is not None and new.operator_id not in network.operators:
        raise RefusedError(
            f"the network has no operator {new.operator_id}",
            code="unknown-operator",
            where=new.client_id,
            alternatives=tuple(sorted(network.operators)),
        )
    secret = secrets.new_secret()
    client = ApiClient(
        client_id=new.client_id,
        kind=new.kind,
        roles=tuple(role for role in ClientRole if role in new.roles),
        party_id=new.party_id,
        operator_id=new.operator_id,
        secret_digest=secrets.digest(secret),
        state=CLIENT_LIFE.first,
        made_at=deed.at,
    )

    def write(tx: SalesWriter) -> None:
        if tx.find(ApiClient, client.client_id) is not None:
            raise RefusedError(
                f"there is a client {client.client_id} already, or there was",
                code="client-there-already",
                where=client.client_id,
                alternatives=("choose another name",),
            )
        if client.party_id is not None:
            buyer_of(tx, client.party_id)
        tx.add(client)
        _log(tx, ids, client, deed=deed, action="client.add")

    store.write(write)
    return client, secret


def revoke_client(
    client_id: ApiClientId, *, deed: Deed, store: SalesStore, ids: IdSource
) -> ApiClient:
    """The client, which can log in no more.

    Parameters
    ----------
    client_id
        Which.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.

    Raises
    ------
    NotFoundError, IllegalTransitionError
        If there is none, or it is revoked already.
    """

    def write(tx: SalesWriter) -> ApiClient:
        client = known_record(tx, ApiClient, client_id)
        revoked = replace(client, state=CLIENT_LIFE.next_state(client.state, ClientEvent.REVOKE))
        stored = tx.replace(revoked)
        _log(tx, ids, revoked, deed=deed, action="client.revoke", before=client.state.value)
        return stored

    return store.write(write)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """What somebody says who wants to come in."""

    client_id: str
    secret: str
    kind: ClientKind


def log_client_in(
    said: LogIn,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    secrets: Secrets,
) -> ApiClient | None:
    """The client whose secret it is; ``None`` for any other word. Both are logged.

    Parameters
    ----------
    said
        What was said, by whom.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.
    secrets
        Tells whether a secret is right.
    """
    client = store.read(lambda tx: tx.find(ApiClient, said.client_id))
    is_right = secrets.is_right(said.secret, "" if client is None else client.secret_digest)
    is_known = (
        client is not None and client.kind is said.kind and client.state is ClientState.ACTIVE
    )
    is_in = is_right and is_known
    change = Change(
        action="client.log-in" if is_in else "client.refuse",
        subject_kind="client",
        subject_id=said.client_id[:_WORD_SHOWN_MAX],
    )
    store.write(lambda tx: log_change(tx, ids, deed=deed, change=change))
    return client if is_in else None


def client_now(client_id: ApiClientId, *, store: SalesStore) -> ApiClient | None:
    """The client as it stands; ``None`` where it may not come in any more."""
    client = store.read(lambda tx: tx.find(ApiClient, client_id))
    return client if client is not None and client.state is ClientState.ACTIVE else None


def all_clients(*, store: SalesStore) -> tuple[ApiClient, ...]:
    """Every client there is or was."""

    def read(tx: SalesReader) -> tuple[ApiClient, ...]:
        return tx.find_all(ApiClient)

    return store.read(read)


def _log(
    tx: SalesWriter, ids: IdSource, client: ApiClient, *, deed: Deed, action: str, before: str = ""
) -> None:
    change = Change(
        action=action,
        subject_kind="client",
        subject_id=client.client_id,
        state_before=before,
        state_after=client.state.value,
        detail=", ".join(role.value for role in client.roles),
    )
    log_change(tx, ids, deed=deed, change=change)
