"""How many requests a second does Flex Net Sim serve, and which does it carry?

Run by the Python of its own environment; a question comes in as JSON and the answer goes out so.
Sites, sections, slots, events, connections and random numbers are the package's. The way to choose
a path and slots is for its user to write: first fit over the paths in their order, here with one
search of bytes for a path, which is faster than looking at slot after slot as its examples do.
"""

import contextlib
import heapq
import io
import json
import random
import sys
import tempfile
from operator import itemgetter
from pathlib import Path
from time import process_time

import numpy as np
from flexnetsim import Bitrate, Controller, Network, Simulator

SEEDS = {"seedArrive": 1, "seedDeparture": 2, "seedBitRate": 3}
"""Its own are all alike; those of the two ends cannot be set and stay so."""


def written(folder, question):
    """The files of a network and its paths, as the package reads them."""
    sites = range(question["site_count"])
    sections = [
        {"id": i, "src": a, "dst": z, "length": km, "slots": question["slots"]}
        for i, (a, z, km) in enumerate(question["sections"])
    ]
    routes = [{"src": a, "dst": z, "paths": paths} for a, z, paths in question["paths"]]
    network, paths = folder / "network.json", folder / "routes.json"
    network.write_text(json.dumps({"nodes": [{"id": i} for i in sites], "links": sections}))
    paths.write_text(json.dumps({"routes": routes}))
    return str(network), str(paths)


def bit_rates_of(question):
    """Each bit rate with a width for every modulation, the most efficient first."""
    made = []
    for gbps, by_modulation in question["bit_rates"]:
        made.append(Bitrate(gbps))
        for efficiency, reach_km, slots in by_modulation:
            made[-1].add_modulation(str(efficiency), slots, reach_km)
    return made


class FirstFit:
    """The first path with room, its lowest slots; what became of each request is kept."""

    def __init__(self):
        self.carried = []
        self.gaps = {}

    def __call__(self, *asked):
        src, dst, bit_rate, connection, network, paths = asked
        for place, sections in enumerate(paths[src][dst]):
            key = (src, dst, place, bit_rate.bit_rate)
            gap = self.gaps.get(key)
            if gap is None:
                length_km = sum(network.get_link(section).length for section in sections)
                reaches = zip(bit_rate.reach, bit_rate.slots, strict=True)
                gap = b"\0" * next(slots for reach_km, slots in reaches if length_km <= reach_km)
                self.gaps[key] = gap
            used = network.get_link(sections[0]).slots
            for section in sections[1:]:
                used = np.logical_or(used, network.get_link(section).slots)
            first = used.tobytes().find(gap)
            if first >= 0:
                for section in sections:
                    connection.add_link(section, from_slot=first, to_slot=first + len(gap))
                self.carried.append(True)
                return Controller.status.ALLOCATED, connection
        self.carried.append(False)
        return Controller.status.NOT_ALLOCATED, connection


def simulated(files, question):
    """Its own simulation: requests served, how many were carried after the warm-up, CPU time.

    It takes no bit rates but its own five: a third file is not read, and a list that is set is
    put back by ``init``. So they are drawn where the path is chosen.
    """
    first_fit, bit_rates = FirstFit(), bit_rates_of(question)
    drawn = random.Random(4)

    def allocator(src, dst, _, *rest):
        return first_fit(src, dst, drawn.choice(bit_rates), *rest)

    simulator = Simulator(*files)
    simulator.lambdaS, simulator.mu = question["load_erlang"], 1.0
    for name, seed in SEEDS.items():
        setattr(simulator, name, seed)
    simulator.goalConnections = question["requests"]
    simulator.set_allocation_algorithm(allocator)
    simulator.init()
    begin = process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        simulator.run()
    cpu_s = process_time() - begin
    counted = first_fit.carried[question["warm_up"] :]
    return {
        "requests": len(first_fit.carried),
        "counted": len(counted),
        "carried": sum(counted),
        "cpu_s": cpu_s,
    }


def replayed(files, question):
    """Which of given requests its controller carries, one after another."""
    network_file, paths_file = files
    first_fit, bit_rates = FirstFit(), bit_rates_of(question)
    controller = Controller(Network(network_file))
    controller.set_paths(paths_file)
    controller.allocator = first_fit
    ends = []
    begin = process_time()
    for number, (arrives_at, holds_for, src, dst, bit_rate) in enumerate(question["trace"]):
        while ends and ends[0][0] <= arrives_at:
            controller.unassignConnection(heapq.heappop(ends)[1])
        status = controller.assignConnection(src, dst, bit_rates[bit_rate], number)
        if status == Controller.status.ALLOCATED:
            heapq.heappush(ends, (arrives_at + holds_for, number))
    return {"carried": first_fit.carried, "cpu_s": process_time() - begin}


def main():
    question = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        files = written(Path(folder), question)
        runs = [simulated(files, question) for _ in range(question["repeats"])]
        best = min(runs, key=itemgetter("cpu_s"))  # the same run each time: nothing else differs
        answer = {"simulated": best, "replayed": replayed(files, question)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
