"""What do buyers and operators send over the interfaces of TM Forum?

Attributes that are not named here are kept as they were sent, and told again with the answer.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from karakoram.interfaces.http.kept_words import one_line, one_name, tellable

Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(one_name)]


def word_of_value(value: object) -> object:
    """A number or a yes or no as the word that the catalogue takes; all else as it is.

    >>> [word_of_value(value) for value in (100, 2.50, 1e3, True, "GIL", [1])]
    ['100', '2.5', '1000', 'true', 'GIL', [1]]
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return f"{Decimal(str(value)).normalize():f}" if isinstance(value, float) else value


def moment_word(value: object) -> object:
    """A moment in words as it is; a number would be taken for seconds since 1970.

    Raises
    ------
    ValueError
        If it is no text.
    """
    if not isinstance(value, str):
        raise ValueError(f"must be a moment such as 2026-11-01T00:00:00Z, got {value!r}")
    return value


Moment = Annotated[datetime, BeforeValidator(moment_word)]


class Form(BaseModel):
    """Something that is sent; what is not named is kept beside it."""

    model_config = ConfigDict(extra="allow", frozen=True)
    _tellable = model_validator(mode="before")(tellable)


class Reference(Form):
    """Something that is there already, by its identifier."""

    id: Name


class NamedParty(Form):
    """Somebody in a role."""

    id: Name
    role: str = ""


class NamedValue(Form):
    """A characteristic with its value; a number or a yes or no counts as its word."""

    name: Name
    value: Annotated[
        str, Field(max_length=200), BeforeValidator(word_of_value), AfterValidator(one_line)
    ]


class WantedProduct(Form):
    """A product as it is wanted; its identifier where one that exists is changed or ceased."""

    id: Name | None = None
    productCharacteristic: Annotated[list[NamedValue], Field(max_length=100)] = []  # noqa: N815


class QuoteItemForm(Form):
    """The one product that a quote is asked for."""

    id: Literal["1"] = "1"
    action: Literal["add", "modify"] = "add"
    productOffering: Reference  # noqa: N815
    product: WantedProduct = WantedProduct()


class QuoteForm(Form):
    """A request for a quote (TMF648 ``Quote_Create``)."""

    externalId: Name | None = None  # noqa: N815
    category: Literal["firm", "budgetary"] = "firm"
    quoteItem: Annotated[list[QuoteItemForm], Field(min_length=1, max_length=1)]  # noqa: N815
    relatedParty: Annotated[list[NamedParty], Field(max_length=20)] = []  # noqa: N815


class QuoteChange(BaseModel):
    """What can be changed about a quote: a buyer declines it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Literal["cancelled", "rejected"]


class QuoteItemReference(Form):
    """An offer of a quote."""

    id: Name
    quoteId: Name  # noqa: N815


class OrderItemForm(Form):
    """The one thing that an order asks for."""

    id: Literal["1"] = "1"
    action: Literal["add", "modify", "delete"]
    quoteItem: QuoteItemReference | None = None  # noqa: N815
    product: WantedProduct = WantedProduct()


class OrderForm(Form):
    """An order (TMF622 ``ProductOrder_Create``)."""

    externalId: Name | None = None  # noqa: N815
    productOrderItem: Annotated[  # noqa: N815
        list[OrderItemForm], Field(min_length=1, max_length=1)
    ]
    relatedParty: Annotated[list[NamedParty], Field(max_length=20)] = []  # noqa: N815


class OrderChange(BaseModel):
    """What can be changed about an order: it is called off."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Literal["cancelled"]


class CancelForm(Form):
    """A wish to call an order off (TMF622 ``CancelProductOrder_Create``)."""

    productOrder: Reference  # noqa: N815
    cancellationReason: Annotated[str, Field(max_length=500)] = ""  # noqa: N815


class ProductChange(BaseModel):
    """What can be changed about a product without an order: it rests, or comes back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Literal["suspended", "active"]


class ServiceOrderChange(BaseModel):
    """How an operator says that its leg stands, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Literal["inProgress", "held", "completed", "failed", "rejected"]
    description: Annotated[str, BeforeValidator(tellable), Field(max_length=500)] = ""


class BilledDays(Form):
    """Days from the first until the second, which is not billed any more; times do not count."""

    startDateTime: Moment  # noqa: N815
    endDateTime: Moment  # noqa: N815


class BillRequestForm(Form):
    """A request for a bill (TMF678 ``CustomerBillOnDemand_Create``), and for which days."""

    name: Annotated[str, Field(max_length=200)] = ""
    description: Annotated[str, Field(max_length=500)] = ""
    billingAccount: Reference | None = None  # noqa: N815
    relatedParty: NamedParty | None = None  # noqa: N815
    billingPeriod: BilledDays | None = None  # noqa: N815
