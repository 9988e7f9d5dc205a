"""What are the records of a catalogue called?"""

from typing import NewType

CharacteristicId = NewType("CharacteristicId", str)
ProductSpecificationId = NewType("ProductSpecificationId", str)
ServiceSpecificationId = NewType("ServiceSpecificationId", str)
ResourceSpecificationId = NewType("ResourceSpecificationId", str)
ProductOfferingId = NewType("ProductOfferingId", str)
ProductOfferingPriceId = NewType("ProductOfferingPriceId", str)
ServiceLevelId = NewType("ServiceLevelId", str)
ObjectiveId = NewType("ObjectiveId", str)
CreditStepId = NewType("CreditStepId", str)
SponsorAccountId = NewType("SponsorAccountId", str)
"""What a sponsor is charged on; its identifier as a party, no account of the ledger."""
