"""Which fixed words does a catalogue use, each in one meaning only?"""

from enum import Enum


class FeasibilityCheck(Enum):
    """Which planner says whether a service can be built from A to Z, or at a site."""

    WAVELENGTH = "wavelength"
    """Light over the optical network, as ``planning.design`` finds it."""
    DARK_FIBRE = "dark_fibre"
    """Free fibre pairs, span by span."""
    MULTIPLEX_PATH = "multiplex_path"
    """Several times 64 kbit/s, E1, E3, STM-N or ODUk, groomed over the digital multiplex."""
    ETHERNET_PATH = "ethernet_path"
    """Ethernet over ODU or wavelength with free bandwidth."""
    IP_PORT = "ip_port"
    """A port at a point of presence, and committed bandwidth upstream of it."""
    SITE_PORT = "site_port"
    """An access port at a site: DSL, FTTH, wireless, sector of a wireless loop, GSM, roadside."""
    NUMBER = "number"
    """A number from a block of the area, and an access port."""
    INTERCONNECT = "interconnect"
    """Voice trunks between two switches: channels of E1, or of SIP."""
    SPACE = "space"
    """Rack units, power and a cross-connect port at a site."""


class UsageKind(Enum):
    """What a service makes that is counted, and perhaps charged, as it is used."""

    VOICE_MINUTE = "voice_minute"
    MESSAGE = "message"
    DATA_MB = "data_mb"
    """Megabytes, 10^6 bytes, both directions together."""
    BANDWIDTH_MBPS = "bandwidth_mbps"
    """The 95th percentile of a month's five-minute means, in Mbit/s."""
    ENERGY_KWH = "energy_kwh"
    TAG_PASSAGE = "tag_passage"
    """A vehicle with a tag that passes a toll plaza."""
    SESSION_HOUR = "session_hour"
    """An hour that a person sits on-line in a sponsored centre."""


class NeedPlace(Enum):
    """Where a service takes a resource."""

    A_END = "a_end"
    """At A, or at the one site of a service that has one."""
    Z_END = "z_end"
    ALONG_PATH = "along_path"
    """On every piece of the path from A to Z."""
    UPSTREAM = "upstream"
    """Between the site and where the operator meets the rest of the world."""


class ValueType(Enum):
    """Of which type the value of a characteristic is."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    SITE = "site"
    """The identifier of a site of the network."""


NUMBERS = frozenset({ValueType.WHOLE, ValueType.NUMBER})


class MarketSegment(Enum):
    """Whom an offering is for; what public bodies and the countryside get may differ."""

    PUBLIC_URBAN = "public_urban"
    PUBLIC_RURAL = "public_rural"
    PRIVATE_URBAN = "private_urban"
    PRIVATE_RURAL = "private_rural"
    WHOLESALE = "wholesale"


class Area(Enum):
    """What surrounds the place of a service."""

    URBAN = "urban"
    RURAL = "rural"


class CustomerKind(Enum):
    """Who buys, as far as eligibility asks."""

    PERSON = "person"
    BUSINESS = "business"
    PUBLIC_BODY = "public_body"
    OPERATOR = "operator"
    """Another telecommunications operator, or an internet service provider."""
    CENTRE = "centre"
    """A social centre that a sponsor pays for: independent living, freelancing, students."""


class Channel(Enum):
    """Where an offering can be bought."""

    ACCOUNT_MANAGER = "account_manager"
    FRANCHISE = "franchise"
    PORTAL = "portal"
    PARTNER_API = "partner_api"


class SponsorRule(Enum):
    """Who pays in the customer's place."""

    NONE = "none"
    SPONSOR_PAYS = "sponsor_pays"
    """The sponsor's account is charged, and what was used is reported to the sponsor."""


class PriceBasis(Enum):
    """Where the price of an offering is computed from."""

    CATALOGUE = "catalogue"
    """The prices that stand in the catalogue."""
    NETWORK = "network"
    """The price book of the network, leg by leg, as planning computes it."""


class PriceType(Enum):
    """When a price, and the charge that is made of it, falls due; words of TM Forum 620."""

    ONE_TIME = "one_time"
    RECURRING = "recurring"
    """Each calendar month."""
    USAGE = "usage"
    """By what is used."""


class UnitOfMeasure(Enum):
    """What a price is for one of."""

    SERVICE = "service"
    END = "end"
    PAIR_KM = "pair_km"
    """A kilometre of two fibres."""
    KM = "km"
    MBPS = "Mbit/s"
    GBPS = "Gbit/s"
    TIMESLOT = "64 kbit/s"
    CHANNEL = "channel"
    RACK_UNIT = "rack unit"
    WATT = "W"
    KWH = "kWh"
    PORT = "port"
    LINE = "line"
    NUMBER = "number"
    CAMERA = "camera"
    LANE = "lane"
    SEAT = "seat"
    MINUTE = "minute"
    MESSAGE = "message"
    MB = "MB"
    PASSAGE = "passage"
    HOUR = "hour"


class LevelParameter(Enum):
    """What a service level promises; the unit is that of its objective."""

    AVAILABILITY = "availability"
    TIME_TO_RESTORE = "time_to_restore"
    """From the ticket to working again, for each failure."""
    LATENCY = "latency"
    """One way."""
    ROUND_TRIP = "round_trip"
    JITTER = "jitter"
    PACKET_LOSS = "packet_loss"
    PACKET_DELIVERY = "packet_delivery"
    BIT_ERROR_RATIO = "bit_error_ratio"
    UTILISATION = "utilisation"
    """Of the path upstream, at the peak."""
    DOWNLOAD = "download"
    UPLOAD = "upload"
    SPEED_SHARE = "speed_share"
    """Share of the advertised download speed that is there at all times."""
    CALL_SET_UP_SUCCESS = "call_set_up_success"
    CALL_SET_UP_TIME = "call_set_up_time"
    CALL_COMPLETION = "call_completion"
    BLOCKING = "blocking"
    SPEECH_QUALITY = "speech_quality"
    """Mean opinion score (ITU-T P.800)."""
    CALLER_IDENTITY = "caller_identity"
    """Share of calls that arrive with the caller's number."""
    NETWORK_EFFECTIVENESS = "network_effectiveness"
    """Network effectiveness ratio (ITU-T E.425), which the regulator calls efficiency."""
    MESSAGE_SUCCESS = "message_success"
    MESSAGE_DELAY = "message_delay"
    FAULTS_PER_100_LINES = "faults_per_100_lines"
    """In a month."""
    REPAIRED_IN_24_H = "repaired_in_24_h"
    """Share of the faults."""
    PAGE_LOADING_TIME = "page_loading_time"
