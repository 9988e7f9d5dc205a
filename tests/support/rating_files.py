"""Tables of charges and usage as a person types them."""

CHARGES = """\
product_id,payer_id,operator_id,name,kind,amount,currency,unit,usage_kind,tier_from,tier_to,\
active_from,active_until,source,source_date,confidence,note
P1,CT,SCO,port,recurring,3000,PKR,,,,,2026-06-30T20:00Z,,price list,2026,stated,
P1,CT,SCO,set-up,one_time,500,PKR,,,,,2026-06-30T20:00Z,,price list,2026,stated,
P1,CT,ONE,minutes,usage,1.5,PKR,minute,voice_minute,,100,2026-06-30T20:00Z,,price list,2026,assumed,
P1,CT,ONE,minutes,usage,1.2,PKR,minute,voice_minute,100,,2026-06-30T20:00Z,,price list,2026,assumed,
"""
"""PKR 3,000 a month of SCO from 1 July in Karachi, once PKR 500; minutes of ONE in two tiers."""

USAGE = """\
usage_id,product_id,at,kind,unit,quantity
u1,P1,2026-07-02T10:00:00Z,voice_minute,minute,90
u2,P1,2026-07-03 10:00,voice_minute,minute,20.5
u2,P1,2026-07-03 10:00,voice_minute,minute,20.5
"""
"""110.5 minutes, one record told twice: 100 x 1.50 + 10.5 x 1.20 = PKR 162.60."""

BANDWIDTH = """\
product_id,payer_id,operator_id,name,kind,amount,currency,unit,usage_kind,tier_from,tier_to,\
active_from,active_until,source,source_date,confidence,note
IP1,CT,SCO,above the commitment,usage,4.4,USD,Mbit/s,bandwidth_mbps,,,2026-06-30T20:00Z,,\
price list,2026,stated,
"""
"""USD 4.40 for each Mbit/s above the commitment, from the second hour of July in Karachi."""

SAMPLES = """\
product_id,at,ingress_mbps,egress_mbps,committed_mbps
IP1,2026-07-01T00:00:00Z,900,1100.5,1000
IP1,2026-07-01T00:05:00Z,950,1090,
IP1,2026-06-30T19:55:00Z,5000,5000,
"""
"""The third before the product was in service; of two the 95th percentile is the larger one: 100.5
Mbit/s above the commitment cost USD 442.20."""

BAD_SAMPLES = """\
product_id,at,ingress_mbps,egress_mbps,committed_mbps
IP1,2026-07-01T00:00:00Z,-1,1100.5,1000
IP1,2026-07-01T00:05:00Z,950,many,
IP1,2026-08-01T00:00:00Z,1,1,
IP1,2026-07-01T01:00:00Z,1,1,900
IP1,2026-07-01T01:04:59Z,1,1,1000
IP9,2026-07-01T01:00:00Z,1,1,
"""

BAD_USAGE = """\
usage_id,product_id,at,kind,unit,quantity
u1,P1,2026-07-02T10:00:00Z,voice_minute,minute,-90
u2,PX,2026-07-03 10:00,voice_minute,minute,20.5
u3,P1,yesterday,voice_minute,minute,20.5
u4,P1,2026-07-03 10:00,message,message,1
"""
