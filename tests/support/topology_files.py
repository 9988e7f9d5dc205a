"""One small topology in the words of every format that is read: three towns and two sections."""

import json

TOWNS = {"Aachen": (6.04, 50.76), "Koeln": (6.96, 50.94), "Trier": (6.68, 49.75)}
ENDS = (("Aachen", "Koeln"), ("Aachen", "Trier"))
LENGTHS_KM = (67.617, 121.173)
"""Great circles between the coordinates, on a sphere of 6,371.0088 km, to a metre."""
DEMAND = ("Koeln", "Trier", 25.5)


def sndlib_native(*, towns=TOWNS, ends=ENDS, demand=DEMAND, header="network"):
    nodes = "\n".join(f"  {name} ( {x} {y} )" for name, (x, y) in towns.items())
    links = "\n".join(
        f"  L{i} ( {a} {z} ) 0.00 0.00 0.00 0.00 ( 40.00 1.00 )" for i, (a, z) in enumerate(ends)
    )
    a, z, value = demand
    return f"""?SNDlib native format; type: {header}; version: 1.0
# network small

META (
  granularity = 5min
  unit = MBITPERSEC
)
NODES (
{nodes}
)
LINKS (
{links}
)
DEMANDS (
  D0 ( {a} {z} ) 1 {value} UNLIMITED
)
ADMISSIBLE_PATHS (
  D0 (
    P_0 ( L0 L1 )
  )
)
"""


def sndlib_xml(*, towns=TOWNS, ends=ENDS, demand=DEMAND, kind="geographical"):
    nodes = "".join(
        f'<node id="{name}"><coordinates>\n<x>{x}</x><y>{y}</y></coordinates></node>\n'
        for name, (x, y) in towns.items()
    )
    links = "".join(
        f'<link id="L{i}"><source>{a}</source><target>{z}</target></link>\n'
        for i, (a, z) in enumerate(ends)
    )
    a, z, value = demand
    return f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<network xmlns="http://sndlib.zib.de/network" version="1.0">
<meta><unit>MBITPERSEC</unit></meta>
<networkStructure>
<nodes coordinatesType="{kind}">
{nodes}</nodes>
<links>
{links}</links>
</networkStructure>
<demands><demand id="D0"><source>{a}</source><target>{z}</target><routingUnit>1</routingUnit>
<demandValue>{value}</demandValue></demand></demands>
</network>
"""


def graphml(*, towns=TOWNS, edges="", default="undirected"):
    """As the Internet Topology Zoo writes it; ``edges`` in words of their own, else ``ENDS``."""
    number = {name: i for i, name in enumerate(towns)}
    nodes = "".join(
        f'<node id="{number[name]}"><data key="d29">{y}</data><data key="d32">{x}</data>'
        f'<data key="d33">{name}</data></node>\n'
        for name, (x, y) in towns.items()
    )
    plain = "".join(f'<edge source="{number[a]}" target="{number[z]}"/>\n' for a, z in ENDS)
    return f"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="d33"/>
<key attr.name="Longitude" attr.type="double" for="node" id="d32"/>
<key attr.name="Latitude" attr.type="double" for="node" id="d29"/>
<key attr.name="Source" attr.type="string" for="graph" id="d6"/>
<key attr.name="length_km" attr.type="double" for="edge" id="e1"/>
<key attr.name="srlg" attr.type="string" for="edge" id="e2"/>
<key attr.name="length_basis" attr.type="string" for="edge" id="e3"/>
<graph edgedefault="{default}">
<data key="d6">map of 2005</data>
{nodes}{edges or plain}</graph>
</graphml>
"""


def node_link(**changes):
    """As TopoHub writes it; ``changes`` replace members of the document."""
    a, z, value = DEMAND
    number = {name: i for i, name in enumerate(TOWNS)}
    document = {
        "directed": False,
        "multigraph": False,
        "graph": {"name": "small", "demands": {str(number[a]): {str(number[z]): value}}},
        "nodes": [
            {"id": i, "name": name, "pos": [x, y]} for i, (name, (x, y)) in enumerate(TOWNS.items())
        ],
        "edges": [
            {"source": number[a], "target": number[z], "dist": length_km}
            for (a, z), length_km in zip(ENDS, LENGTHS_KM, strict=True)
        ],
    }
    return json.dumps({**document, **changes})
