"""What did the sixth form add? Who sells, on quotes and orders; of dark fibre, also on products.

Before, the seller was taken to be who does the last leg. That is so wherever the seller tests what
others have made; dark fibre had no such test, and its seller is who earns its charges.
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 100


def upgrade() -> None:
    """Write the seller into the records of each table; products first, which orders look at."""
    _fill("product", _corrected)
    _fill("quote", _quote_with_seller)
    _fill("product_order", _order_with_seller)


def _fill(name: str, filled: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write what is filled into every record where that differs from what stands there."""
    table = _table(name)
    change = (
        sa.update(table).where(table.c.id == sa.bindparam("of")).values(body=sa.bindparam("filled"))
    )
    connection, last = op.get_bind(), ""
    while True:
        asked = sa.select(table.c.id, table.c.body).where(table.c.id > last).order_by(table.c.id)
        found = connection.execute(asked.limit(_ROWS_AT_ONCE)).all()
        if not found:
            return
        last = found[-1].id
        bodies = [(row.id, json.loads(row.body)) for row in found]
        changed = [
            {"of": record_id, "filled": _text(filled(body))}
            for record_id, body in bodies
            if filled(body) != body
        ]
        if changed:
            connection.execute(change, changed)


def _table(name: str) -> sa.TableClause:
    return sa.table(name, sa.column("id"), sa.column("body"))


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _corrected(product: dict[str, Any]) -> dict[str, Any]:
    legs = product["plan"]["legs"]
    if not legs or legs[-1]["operator_id"] != product["seller_id"]:
        return product
    return {**product, "seller_id": _seller(product["plan"])}


def _quote_with_seller(quote: dict[str, Any]) -> dict[str, Any]:
    """Where there are no offers, nothing tells who would have sold."""
    first = quote["offers"][0]["plan"] if quote["offers"] else None
    return {"seller_id": first and _seller(first), **quote}


def _order_with_seller(order: dict[str, Any]) -> dict[str, Any]:
    """That of the plan; what is ceased has none, but a product."""
    if "seller_id" in order:
        return order
    product = _table("product")
    asked = sa.select(product.c.body).where(product.c.id == order["product_id"])
    body = op.get_bind().scalar(asked)
    known = json.loads(body)["seller_id"] if body else ""
    plan = order["plan"]
    return {"seller_id": (plan and _seller(plan)) or known, **order}


def _seller(plan: dict[str, Any]) -> str | None:
    """Who tests what others have made; else who earns first, else who works last."""
    legs, charges = plan["legs"], plan["charges"]
    if legs and (legs[-1]["after"] or not charges):
        return str(legs[-1]["operator_id"])
    return str(charges[0]["operator_id"]) if charges else None
