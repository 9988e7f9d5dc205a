"""How does the cost of light grow with spans, channels and pairs, and how far is GNPy from it?

``python benchmarks/bench_scaling.py`` measures and prints; with ``--draw`` it also draws
``docs/pictures/optics-scaling.svg``. One core; CPU time; medians, of lines the least of some.
CORONET Global is read where GNPy is installed, designed by GNPy, and lit by both in the same run.
"""

import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import logging  # noqa: E402

import numpy as np  # noqa: E402

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment  # noqa: E402
from karakoram.adapters.formats.gnpy.network import read_gnpy_network  # noqa: E402
from karakoram.engines.optics import (  # noqa: E402
    AmplifierColumns,
    Comb,
    FibreColumns,
    PropagationMethod,
    RamanModel,
    line_columns,
    prepared_lines,
)
from karakoram.network.photonic.elements import Amplifier, Roadm  # noqa: E402
from karakoram.network.photonic.equipment import PhotonicLibrary  # noqa: E402
from karakoram.network.photonic.load import WavelengthOrder  # noqa: E402
from karakoram.network.photonic.network import PhotonicNetwork  # noqa: E402
from karakoram.network.photonic.walk import shortest_path  # noqa: E402
from karakoram.planning.photonic.all_pairs import (  # noqa: E402
    PreparedPairs,
    all_pairs,
    pair_gsnr,
    prepared_pairs,
)
from karakoram.planning.photonic.lit_channels import channels_of_comb  # noqa: E402
from karakoram.planning.photonic.load_light import LoadedPlant, load_light, relit  # noqa: E402
from karakoram.planning.photonic.load_orders import network_load  # noqa: E402
from karakoram.planning.photonic.propagation import propagated  # noqa: E402

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from gnpy.tools import json_io
    from gnpy.tools.worker_utils import designed_network
    from gnpy.topology.request import compute_constrained_path, propagate

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "optics-scaling.svg"
DATA = Path(find_spec("gnpy").origin).parent / "example-data"
SPANS = (10, 20, 40, 80, 160, 320)
CHANNELS = (24, 48, 96, 192, 384)
PAIRS = (
    ("trx Abilene", "trx Dallas"),
    ("trx Seattle", "trx Tokyo"),
    ("trx London", "trx Hong_Kong"),
    ("trx San_Antonio", "trx Paris"),
    ("trx Billings", "trx Singapore"),
)
WEAKER_DB = 20.0
CALLS_MIN = 3
ROUNDS = 4
SEED = 20261128
KINDS = {"no Raman": RamanModel.NONE, "Raman": RamanModel.STIMULATED}
CURVES = {
    "no Raman": (RamanModel.NONE, True),
    "Raman": (RamanModel.STIMULATED, True),
    "Raman, even loss": (RamanModel.STIMULATED, False),
}
"""Models, and whether loss differs by channel, so that no short way is."""
COLOURS = {"no Raman": "#1f5fa8", "Raman": "#c0392b", "Raman, even loss": "#2e8b57"}


def cpu_s(compute: Callable[[], object], *, least_s: float = 0.15) -> float:
    """Median CPU time of one call [s], of as many as fill the time."""
    compute()
    taken: list[float] = []
    while len(taken) < CALLS_MIN or sum(taken) < least_s:
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def line_cost(spans: int, channels: int, *, raman: RamanModel, is_uneven: bool) -> float:
    """Of the noise of one line, kernels ready."""
    comb = Comb(
        frequency_hz=191.3e12 + 4.8e12 / channels * (np.arange(channels) + 0.5),
        symbol_rate_hz=np.full(channels, 0.9 * 4.8e12 / channels),
        launch_power_w=np.full(channels, 0.096 / channels),
    )
    ones = np.ones(spans)
    fibre = FibreColumns(
        length_m=80e3 * ones,
        attenuation_per_m=4.6e-5 * ones,
        input_loss=1.1 * ones,
        output_loss=1.1 * ones,
        dispersion_s_per_m2=16.7e-6 * ones,
        dispersion_slope_s_per_m3=np.full(spans, np.nan),
        effective_area_m2=83e-12 * ones,
        pmd_s_per_sqrt_m=1e-15 * ones,
        attenuation_offset_per_m=(
            np.tile(np.linspace(0.0, 1e-7, channels), (spans, 1)) if is_uneven else None
        ),
    )
    lines = line_columns([fibre])
    shape = (1, spans + 1)
    amplifiers = AmplifierColumns(
        gain=np.concatenate([np.full((1, 1), 100.0), lines.fibre.loss], axis=1),
        noise_factor=np.full(shape, 3.5),
        output_power_max_w=np.full(shape, 1.0),
        restores_profile=np.zeros(shape, dtype=bool),
    )
    ready = prepared_lines(lines, comb, amplifiers, method=PropagationMethod(raman=raman))
    launch_w = comb.launch_power_w[None]
    return cpu_s(lambda: ready.noise(launch_w).gsnr)


def exponent(sizes: tuple[int, ...], costs: list[float]) -> float:
    """Slope of the cost in double logarithms, over the larger half where overheads are small."""
    half = len(sizes) // 2
    return float(np.polyfit(np.log(sizes[half:]), np.log(costs[half:]), 1)[0])


def measure_lines() -> dict[str, dict[str, list[float]]]:
    """The least of some rounds for every size, so that a busy neighbour bends no line."""
    found: dict[str, dict[str, list[float]]] = {"spans": {}, "channels": {}}
    rounds = [
        {
            kind: (
                [line_cost(spans, 96, raman=raman, is_uneven=uneven) for spans in SPANS],
                [line_cost(40, channels, raman=raman, is_uneven=uneven) for channels in CHANNELS],
            )
            for kind, (raman, uneven) in CURVES.items()
        }
        for _ in range(ROUNDS)
    ]
    for kind in CURVES:
        for place, axis in enumerate(found):
            costs = [one[kind][place] for one in rounds]
            found[axis][kind] = [min(of_size) for of_size in zip(*costs, strict=True)]
    for axis, sizes in (("spans", SPANS), ("channels", CHANNELS)):
        for kind, costs in found[axis].items():
            shown = "  ".join(f"{n}: {1e3 * s:.2f} ms" for n, s in zip(sizes, costs, strict=True))
            print(f"{axis:<9}{kind:<18}{shown}   grows as n^{exponent(sizes, costs):.2f}")
    return found


def measure_coronet() -> None:
    """All pairs of CORONET Global, GNPy beside us on some of them; then one new wavelength."""
    logging.disable(logging.CRITICAL)
    equipment = DATA / "eqpt_config.json"
    theirs = {}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = json_io.load_equipment(equipment)
        graph = json_io.load_network(DATA / "CORONET_Global_Topology.json", library)
        graph, request, _ = designed_network(library, graph, *PAIRS[0])
        file = Path(folder) / "designed.json"
        json_io.save_network(graph, file)
        start = time.process_time()
        for source, target in PAIRS:
            request.source, request.destination = source, target
            request.nodes_list, request.loose_list = [target], ["STRICT"]
            path = compute_constrained_path(graph, request)
            propagate(path, request, library)
            theirs[source, target] = np.array(path[-1].snr)
        gnpy_s = (time.process_time() - start) / len(PAIRS)
        ours = read_gnpy_equipment(equipment).required()
        start = time.process_time()
        network = read_gnpy_network(file, ours).required()
        print(
            f"CORONET Global, {len(network.elements)} elements, read in "
            f"{time.process_time() - start:.2f} s"
        )
    lit = channels_of_comb(ours.spectra["default"])
    for kind, raman in KINDS.items():
        method = PropagationMethod(raman=raman)
        prepare_s = cpu_s(lambda m=method: prepared_pairs(network, ours, spectrum=lit, method=m))
        prepared = prepared_pairs(network, ours, spectrum=lit, method=method)
        pairs_s = cpu_s(lambda p=prepared: all_pairs(p, follows_power=False))
        followed_s = cpu_s(lambda p=prepared: all_pairs(p), least_s=0.0)
        pairs = all_pairs(prepared, follows_power=False)
        print(
            f"  {kind}: prepared in {prepare_s:.3f} s, {pairs.pair_count} pairs in "
            f"{pairs_s:.3f} s; exact {int(pairs.is_exact.sum())}; "
            f"all exact in {followed_s:.3f} s"
        )
        if pairs.is_exact.sum() < pairs.pair_count:
            apart_db = followed_apart_db(network, prepared)
            print(f"  largest difference from element by element {apart_db:.1e} dB")
        if raman is RamanModel.NONE:
            apart_db = max(
                float(np.abs(10 * np.log10(pair_gsnr(prepared, from_id=a, to_id=z)) - snr).max())
                for (a, z), snr in theirs.items()
            )
            whole_s = gnpy_s * pairs.pair_count
            print(
                f"  GNPy: {gnpy_s:.3f} s a pair, {whole_s:.0f} s for all; "
                f"{whole_s / (prepare_s + pairs_s):.0f} times ours; "
                f"largest difference {apart_db:.1e} dB"
            )
    measure_weak(network, ours)
    measure_what_if(LoadedPlant(network=network, library=ours))


def measure_weak(network: PhotonicNetwork, library: PhotonicLibrary) -> None:
    """All pairs where every ROADM falls short of its target: the most there can be to follow."""
    weak = dict(network.elements)
    for line in network.connections:
        before = weak[line.from_id]
        if isinstance(network.elements[line.to_id], Roadm) and isinstance(before, Amplifier):
            assert before.settings.gain_db is not None
            gain_db = before.settings.gain_db - WEAKER_DB
            weak[line.from_id] = replace(before, settings=replace(before.settings, gain_db=gain_db))
    prepared = prepared_pairs(
        replace(network, elements=weak),
        library,
        spectrum=channels_of_comb(library.spectra["default"]),
        method=PropagationMethod(),
    )
    exact = int(all_pairs(prepared, follows_power=False).is_exact.sum())
    weak_s = min(cpu_s(lambda: all_pairs(prepared), least_s=0.0) for _ in range(3))
    print(
        f"  Raman, every preamplifier {WEAKER_DB:g} dB too low: {exact} pairs exact without "
        f"following power, all in {weak_s:.2f} s"
    )


def followed_apart_db(
    network: PhotonicNetwork, prepared: PreparedPairs, *, count: int = 12
) -> float:
    """From propagation element by element, of pairs behind ROADMs that miss their targets [dB]."""
    made, marked = prepared.ready.made, all_pairs(prepared, follows_power=False)
    missed = np.argwhere(np.isfinite(marked.gsnr_db_mean) & ~marked.is_exact)
    chosen = np.random.default_rng(SEED).choice(missed, min(count, len(missed)), replace=False)
    apart_db = 0.0
    for source, target in chosen.tolist():
        a, z = prepared.source_ids[source], prepared.target_ids[target]
        light = propagated(
            network,
            made.library,
            path=shortest_path(network, from_id=a, to_id=z),
            spectrum=made.lit,
            method=made.method,
        )
        ours_db = 10.0 * np.log10(pair_gsnr(prepared, from_id=a, to_id=z))
        apart_db = max(apart_db, float(np.abs(ours_db - light.received.gsnr_db).max()))
    return apart_db


def measure_what_if(plant: LoadedPlant) -> None:
    orders = [
        WavelengthOrder(
            wavelength_id=f"{a[4:]}-{z[4:]}-{n}",
            from_id=a,
            to_id=z,
            n=n,
            m=6,
            symbol_rate_gbaud=64.0,
        )
        for a, z in PAIRS[:2]
        for n in range(-240, 240, 12)
    ]
    load = network_load(plant, orders)
    before = load_light(plant, load)
    new = replace(orders[0], wavelength_id="new", n=-264)
    after = network_load(plant, [new], onto=load)
    one_s = cpu_s(lambda: relit(plant, before, after))
    all_s = cpu_s(lambda: load_light(plant, after))
    print(
        f"One more wavelength beside {len(orders)} on {len(before.lines)} sections: "
        f"{1e3 * one_s:.1f} ms for what it touches, {1e3 * all_s:.1f} ms for all"
    )


def drawing(found: dict[str, dict[str, list[float]]]) -> str:
    """Two panels in double logarithms, with lines of slope one and two."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 380" font-size="13">',
        '<rect width="900" height="380" fill="#ffffff"/>',
    ]
    panels = (("spans", SPANS, 70.0, 1), ("channels", CHANNELS, 520.0, 2))
    for axis, sizes, left, slope in panels:
        parts += panel(found[axis], sizes, left=left, title=f"CPU time by {axis}", slope=slope)
    return "\n".join([*parts, "</svg>"]) + "\n"


def panel(
    lines: dict[str, list[float]], sizes: tuple[int, ...], *, left: float, title: str, slope: int
) -> list[str]:
    width, top, bottom = 340.0, 50.0, 320.0
    costs_ms = [1e3 * cost for line in lines.values() for cost in line]
    low, high = np.log10(min(costs_ms)) - 0.2, np.log10(max(costs_ms)) + 0.4
    first, last = np.log10(sizes[0]), np.log10(sizes[-1])

    def x(size: float) -> float:
        return round(left + width * (np.log10(size) - first) / (last - first), 1)

    def y(cost_ms: float) -> float:
        return round(bottom - (bottom - top) * (np.log10(cost_ms) - low) / (high - low), 1)

    def path(points: list[tuple[float, float]], style: str) -> str:
        told = " ".join(f"{x(a)},{y(b)}" for a, b in points)
        return f'<polyline points="{told}" fill="none" {style}/>'

    parts = [
        f'<text x="{left}" y="30" font-weight="bold">{title} [ms]</text>',
        f'<path d="M{left} {top}V{bottom}H{left + width}" fill="none" stroke="#555555"/>',
    ]
    parts += [f'<text x="{x(n)}" y="{bottom + 18}" text-anchor="middle">{n}</text>' for n in sizes]
    for power in range(int(np.ceil(low)), int(np.floor(high)) + 1):
        here = f'x="{left - 8}" y="{y(10.0**power) + 4}" text-anchor="end"'
        parts.append(f"<text {here}>{10.0**power:g}</text>")
    for number, (kind, line) in enumerate(lines.items()):
        points = [(n, 1e3 * cost) for n, cost in zip(sizes, line, strict=True)]
        parts.append(path(points, f'stroke="{COLOURS[kind]}" stroke-width="2"'))
        parts += [
            f'<circle cx="{x(a)}" cy="{y(b)}" r="3" fill="{COLOURS[kind]}"/>' for a, b in points
        ]
        here = f'x="{left + 12}" y="{top + 14 + 18 * number}" fill="{COLOURS[kind]}"'
        parts.append(f"<text {here}>{kind}</text>")
        end = points[-1]
        start = (sizes[0], end[1] * (sizes[0] / end[0]) ** slope)
        if np.log10(start[1]) < low:
            start = (end[0] * (10.0**low / end[1]) ** (1.0 / slope), 10.0**low)
        parts.append(path([start, end], 'stroke="#999999" stroke-dasharray="4 4"'))
    parts.append(
        f'<text x="{left + 12}" y="{top + 68}" fill="#777777">dashed: slope {slope}</text>'
    )
    return parts


def main(words: list[str]) -> int:
    found = measure_lines()
    if "--draw" in words:
        PICTURE.write_text(drawing(found), encoding="utf-8")
        print(f"drawn: {PICTURE}")
    measure_coronet()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
