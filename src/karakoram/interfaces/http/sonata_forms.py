"""What do operators send each other over Sonata?

Attributes that are not named here are kept as they were sent, and told again with the answer.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from karakoram.interfaces.http.tmf_forms import Form, Name, Reference

Words = Annotated[str, Field(max_length=200)]


class Contact(Form):
    """Whom to turn to."""

    name: Words
    number: Words
    emailAddress: Words  # noqa: N815
    role: Words


Contacts = Annotated[list[Contact], Field(min_length=1, max_length=20)]


class ProductConfigurationForm(Form):
    """The chosen values of a product; every other attribute is one, as a word."""

    model_config = ConfigDict(extra="allow", frozen=True, serialize_by_alias=True)

    type: Annotated[Name, Field(alias="@type")]


class SonataProduct(Form):
    """A product as it is wanted; its identifier where one that exists is changed or ceased."""

    id: Name | None = None
    productOffering: Reference | None = None  # noqa: N815
    productConfiguration: ProductConfigurationForm | None = None  # noqa: N815


class QualificationItemForm(Form):
    """The one product that is asked about."""

    id: Name
    action: Literal["add", "modify"]
    product: SonataProduct


class QualificationForm(Form):
    """A question whether a product can be had (``ProductOfferingQualification_Create``)."""

    externalId: Name | None = None  # noqa: N815
    instantSyncQualification: bool  # noqa: N815
    provideAlternative: bool  # noqa: N815
    relatedContactInformation: Contacts  # noqa: N815
    productOfferingQualificationItem: Annotated[  # noqa: N815
        list[QualificationItemForm], Field(min_length=1, max_length=1)
    ]


class SonataQuoteItemForm(Form):
    """The one product that a quote is asked for."""

    id: Name
    action: Literal["add", "modify", "delete"]
    product: SonataProduct


class SonataQuoteForm(Form):
    """A request for a quote (``Quote_Create``)."""

    externalId: Name | None = None  # noqa: N815
    buyerRequestedQuoteLevel: Literal["budgetary", "firm"]  # noqa: N815
    instantSyncQuote: bool  # noqa: N815
    quoteItem: Annotated[  # noqa: N815
        list[SonataQuoteItemForm], Field(min_length=1, max_length=1)
    ]


class QuoteOperationForm(Form):
    """A quote that is declined or cancelled (``QuoteOperationData``)."""

    quoteId: Name  # noqa: N815
    reason: Annotated[str, Field(max_length=500)] = ""


class SonataQuoteReference(Form):
    """An item of a quote."""

    id: Name
    quoteId: Name  # noqa: N815


class SonataOrderItemForm(Form):
    """The one thing that an order asks for."""

    id: Name
    action: Literal["add", "modify", "delete"]
    product: SonataProduct
    quoteItem: SonataQuoteReference | None = None  # noqa: N815
    requestedCompletionDate: Name  # noqa: N815


class SonataOrderForm(Form):
    """An order (``ProductOrder_Create``)."""

    externalId: Name | None = None  # noqa: N815
    relatedContactInformation: Contacts  # noqa: N815
    productOrderItem: Annotated[  # noqa: N815
        list[SonataOrderItemForm], Field(min_length=1, max_length=1)
    ]


class OrderReference(Form):
    """An order."""

    productOrderId: Name  # noqa: N815


class CancellationForm(Form):
    """A wish to call an order off (``CancelProductOrder_Create``)."""

    productOrder: OrderReference  # noqa: N815
    relatedContactInformation: Contacts  # noqa: N815
    cancellationReason: Annotated[str, Field(max_length=500)] = ""  # noqa: N815
