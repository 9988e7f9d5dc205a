"""Which optional operations of Sonata are not offered here?"""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.refusals import DeclinedError
from karakoram.interfaces.http.sonata_parts import Calling, Id

router = APIRouter(tags=["Sonata, not offered"])
_HUBS = (paths.SONATA_QUALIFICATION, paths.SONATA_QUOTE, paths.SONATA_ORDER)
_ORDER = paths.SONATA_ORDER
_DELIVERY = f"{_ORDER}/modifyProductOrderItemRequestedDeliveryDate"
DECLINED = (
    *((method, f"{base}/hub{end}") for base in _HUBS for method, end in (
        ("POST", ""), ("GET", "/{id}"), ("DELETE", "/{id}"),
    )),
    ("PATCH", f"{_ORDER}/productOrder/{{id}}"),
    ("GET", f"{_ORDER}/charge"),
    ("GET", f"{_ORDER}/charge/{{id}}"),
    ("PATCH", f"{_ORDER}/charge/{{id}}"),
    ("POST", _DELIVERY),
    ("GET", _DELIVERY),
    ("GET", f"{_DELIVERY}/{{id}}"),
)  # fmt: skip
"""Call-backs, charges for what is called off, and other days than were promised."""


def _declining(path: str) -> Callable[..., Any]:
    if path.endswith("{id}"):

        async def decline_one(record_id: Id, call: Calling) -> Response:
            """Not offered."""
            raise DeclinedError(f"{call.request.url.path} is not offered here, for {record_id}")

        return decline_one

    async def decline(call: Calling) -> Response:
        """Not offered."""
        raise DeclinedError(f"{call.request.url.path} is not offered here")

    return decline


for _method, _path in DECLINED:
    router.add_api_route(
        _path, _declining(_path), methods=[_method], name=f"decline {_method} {_path}"
    )
