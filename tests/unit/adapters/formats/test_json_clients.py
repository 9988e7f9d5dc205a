"""A client is told without what is kept of its secret."""

from karakoram.adapters.formats.json_clients import json_from_client
from karakoram.sales.api_clients import ApiClient, ClientKind, ClientRole, ClientState
from tests.support.selling import START


def test_a_client_is_told_without_its_digest():
    client = ApiClient(
        client_id="ct",
        kind=ClientKind.PROGRAM,
        roles=(ClientRole.BUYER,),
        party_id="CT",
        secret_digest="scrypt$00$11",
        state=ClientState.ACTIVE,
        made_at=START,
    )
    told = json_from_client(client)
    assert (told["id"], told["roles"], told["party"]) == ("ct", ["buyer"], "CT")
    assert "scrypt" not in str(told)
