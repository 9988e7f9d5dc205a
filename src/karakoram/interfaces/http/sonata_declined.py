"""Which optional operations of Sonata are not offered here?"""

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.declining import declining_router
from karakoram.interfaces.http.tmf_parts import BUYERS

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

router = declining_router(DECLINED, interface="Sonata", let_in=allowed(*BUYERS))
