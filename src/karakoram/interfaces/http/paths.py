"""Under which path does each interface stand, as its specification says?"""

LOG_IN = "/oauth2/token"
DESCRIPTION = "/openapi.json"
TM_FORUM = "/tmf-api"
SONATA = "/mefApi/sonata"
CATALOGUE = f"{TM_FORUM}/productCatalogManagement/v4"
PRODUCT_ORDER = f"{TM_FORUM}/productOrderingManagement/v4"
PRODUCT = f"{TM_FORUM}/productInventory/v4"
SERVICE = f"{TM_FORUM}/serviceInventory/v4"
RESOURCE = f"{TM_FORUM}/resourceInventoryManagement/v4"
SERVICE_ORDER = f"{TM_FORUM}/serviceOrdering/v4"
QUOTE = f"{TM_FORUM}/quoteManagement/v4"
BILL = f"{TM_FORUM}/customerBillManagement/v4"
SONATA_QUALIFICATION = f"{SONATA}/productOfferingQualification/v8"
SONATA_QUOTE = f"{SONATA}/quoteManagement/v10"
SONATA_ORDER = f"{SONATA}/productOrderingManagement/v11"
SONATA_INVENTORY = f"{SONATA}/productInventory/v8"


def is_tm_forum(path: str) -> bool:
    """Whether a path belongs to an interface of TM Forum."""
    return path.startswith(f"{TM_FORUM}/")


def is_sonata(path: str) -> bool:
    """Whether a path belongs to an interface of Sonata."""
    return path.startswith(f"{SONATA}/")
