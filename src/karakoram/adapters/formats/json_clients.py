"""How do clients stand in JSON? Without what is kept of their secrets."""

from typing import Any

from karakoram.sales.api_clients import ApiClient


def json_from_client(client: ApiClient) -> dict[str, Any]:
    """A client."""
    return {
        "id": client.client_id,
        "kind": client.kind.value,
        "roles": [role.value for role in client.roles],
        "party": client.party_id,
        "operator": client.operator_id,
        "state": client.state.value,
        "creationDate": client.made_at.isoformat(),
    }
