"""Which currencies are there, and how many digits has each after the point?"""

from collections.abc import Mapping
from types import MappingProxyType

_WITHOUT_MINOR_UNIT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_OF_A_HUNDRED = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG
SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST
XCD XCG YER ZAR ZMW ZWG
"""
_OF_A_THOUSAND = "BHD IQD JOD KWD LYD OMR TND"

MINOR_DIGITS: Mapping[str, int] = MappingProxyType(
    {
        code: digits
        for digits, codes in ((0, _WITHOUT_MINOR_UNIT), (2, _OF_A_HUNDRED), (3, _OF_A_THOUSAND))
        for code in sorted(codes.split())
    }
)
"""Digits after the decimal point, by currency: ISO 4217:2015, list one as of 2026.

Units of account, metals and funds are left out: nobody is billed in them.
"""

WHAT_IS_RIGHT = "a currency of ISO 4217, e.g. USD, PKR or CNY"
"""Ends what is said of a currency that is none."""
