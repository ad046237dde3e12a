"""The codes of currencies, so that *ISO 27001* or *RTX 4070* is not taken for money."""

from __future__ import annotations

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV
WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_WORDS = ("ALL", "AMD", "CUP", "PEN", "PHP", "SOS", "TOP")
"""What also names a maker, a language or a thing.

Money only where the price says how often, or is in thousands.
"""

_IS_MONEY = r"(?=\s?\d(?:[\d.,]*\s?(?:/|per )|\d{0,2}(?:,\d{3})+))"
CODE = "(?:{}|(?:{}){})".format(
    "|".join(code for code in _CODES.split() if code not in _WORDS), "|".join(_WORDS), _IS_MONEY
)
"""A pattern of the code of a currency in front of its amount."""
