"""Which resources of TM Forum's specifications are not offered here?

They are answered by 501, so that nobody takes them for a wrong address. What is not done to a
resource that is offered is answered by 405, and told by ``Allow``.
"""

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.declining import declining_router
from karakoram.sales.api_clients import ClientRole

_HUBS = (
    *(paths.CATALOGUE, paths.PRODUCT_ORDER, paths.PRODUCT, paths.SERVICE, paths.RESOURCE),
    *(paths.SERVICE_ORDER, paths.QUOTE, paths.BILL),
)
_JOBS = (f"{paths.CATALOGUE}/importJob", f"{paths.CATALOGUE}/exportJob")
_CANCEL = f"{paths.SERVICE_ORDER}/cancelServiceOrder"
DECLINED = (
    *((method, f"{base}/hub{end}") for base in _HUBS for method, end in (
        ("POST", ""), ("DELETE", "/{id}"),
    )),
    *((method, f"{job}{end}") for job in _JOBS for method, end in (
        ("POST", ""), ("GET", ""), ("GET", "/{id}"), ("DELETE", "/{id}"),
    )),
    ("POST", _CANCEL),
    ("GET", _CANCEL),
    ("GET", f"{_CANCEL}/{{id}}"),
)  # fmt: skip
"""Call-backs; a catalogue as a file, which is the command's; the end of a leg without its order."""

router = declining_router(DECLINED, interface="TM Forum", let_in=allowed(*ClientRole))
