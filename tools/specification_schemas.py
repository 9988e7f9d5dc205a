"""What do the published specifications say of the documents that are served over HTTP?

``python tools/specification_schemas.py FOLDER`` reads the specifications of TM Forum (``tmf/``) and
Mplify (``sonata/``) as they are published, and writes what tests need of them: the schemas of some
documents and of all that they refer to, without descriptions and examples, and the operations.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # comes with schemathesis

TARGET = Path(__file__).parents[1] / "tests" / "data" / "specifications"
WANTED = {
    "tmf/TMF620-ProductCatalog-v4.1.0.swagger.json": (
        "Catalog", "Category", "ProductOffering", "ProductOfferingPrice", "ProductSpecification",
        "Error",
    ),
    "tmf/TMF622-ProductOrder-v4.0.0.swagger.json": ("ProductOrder", "CancelProductOrder", "Error"),
    "tmf/TMF637-ProductInventory-v4.0.0.swagger.json": ("Product",),
    "tmf/TMF638-ServiceInventory-v4.0.0.swagger.json": ("Service",),
    "tmf/TMF639-ResourceInventory-v4.0.0.swagger.json": ("Resource",),
    "tmf/TMF641-ServiceOrdering-v4.1.0.swagger.json": ("ServiceOrder",),
    "tmf/TMF648-Quote-v4.0.0.swagger.json": ("Quote",),
    "tmf/TMF678-CustomerBill-v4.0.0.swagger.json": (
        "CustomerBill", "AppliedCustomerBillingRate", "CustomerBillOnDemand",
    ),
    "sonata/mef-lso-sonata-product-offering-qualification-management-openapi.yml": (
        "ProductOfferingQualification", "ProductOfferingQualification_Find", "Error404",
        "Error422", "Error501",
    ),
    "sonata/mef-lso-sonata-quote-management-openapi.yml": (
        "Quote", "Quote_Find", "QuoteOperationData", "Error400", "Error401", "Error403",
        "Error404", "Error422", "Error501",
    ),
    "sonata/mef-lso-sonata-product-order-management-openapi.yml": (
        "ProductOrder", "ProductOrder_Find", "CancelProductOrder", "Error422",
    ),
    "sonata/mef-lso-sonata-product-inventory-management-openapi.yml": (
        "MEFProduct", "MEFProduct_Find",
    ),
}  # fmt: skip
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
KEPT = frozenset(
    (
        *("type", "required", "enum", "properties", "items", "$ref", "allOf", "oneOf", "anyOf"),
        *("additionalProperties", "format", "minItems", "maxItems", "minLength", "maxLength"),
        *("pattern", "minimum", "maximum", "nullable"),
    )
)
"""Members of a schema that forbid something."""


def main(folder: Path) -> None:
    """Write one file for each specification."""
    for name, wanted in WANTED.items():
        text = (folder / name).read_text(encoding="utf-8")
        read = json.loads(text) if name.endswith(".json") else yaml.safe_load(text)
        schemas = read.get("definitions") or read["components"]["schemas"]
        kept: dict[str, Any] = {}
        for each in wanted:
            _keep(each, schemas, kept)
        told = {
            "source": Path(name).name,
            "operations": _operations(read),
            "schemas": dict(sorted(kept.items())),
        }
        target = TARGET / f"{_short(name)}.json"
        target.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        print(f"{target.name}: {len(kept)} schemas")


def _operations(read: Mapping[str, Any]) -> list[str]:
    """Each method with its path; those of listeners are the client's to offer."""
    base = str(read.get("basePath", "")).rstrip("/")
    return [
        f"{method.upper()} {base}{path}"
        for path, methods in read["paths"].items()
        if not path.startswith("/listener/")
        for method in methods
        if method in METHODS
    ]


def _short(name: str) -> str:
    stem = Path(name).name.partition(".")[0]
    return stem.partition("-v")[0].removesuffix("-management-openapi").lower()


def _keep(name: str, schemas: Mapping[str, Any], kept: dict[str, Any]) -> None:
    if name not in kept:
        kept[name] = {}
        kept[name] = _plain(schemas[name], schemas, kept)


def _plain(part: Any, schemas: Mapping[str, Any], kept: dict[str, Any]) -> Any:  # noqa: ANN401
    """A schema without what only explains; what it refers to is kept too."""
    if isinstance(part, list):
        return [_plain(each, schemas, kept) for each in part]
    if not isinstance(part, dict):
        return part
    found: dict[str, Any] = {}
    for key, value in part.items():
        if key == "$ref":
            name = value.rpartition("/")[2]
            _keep(name, schemas, kept)
            found[key] = f"#/schemas/{name}"
        elif key == "properties":
            found[key] = {each: _plain(value[each], schemas, kept) for each in value}
        elif key in KEPT:
            found[key] = _plain(value, schemas, kept)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
