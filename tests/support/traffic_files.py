"""CSV files of traffic, and answers that rest on them."""

from karakoram.adapters.formats.topologies.library import NamedTopology
from karakoram.adapters.formats.traffic_tables import TrafficFiles
from karakoram.adapters.workers.pieces import random_sources
from karakoram.adapters.workers.pool import ProcessPool
from karakoram.core.errors import InvalidDataError
from karakoram.engines.traffic import next_requests
from karakoram.planning.traffic.paths import site_pairs
from karakoram.usecases.simulate.simulate_traffic import simulate_traffic
from karakoram.usecases.simulate.traffic_question import TrafficQuestion
from tests.support.traffic_answers import asked

TRACE = "arrives_at,holds_for,from_site_id,to_site_id,bit_rate_gbps\n"
MATRIX = "from_site_id,to_site_id,volume\n"
REACH = "reach_km,bit_per_s_per_hz\n"
BIT_RATES = "bit_rate_gbps,weight\n"
BANDS = "n,m,section_id\n"
STUDY_REACH = REACH + "625,4\n1250,3\n2500,2\n,1\n"


def written(folder, **texts):
    """Files of a folder, each named after its table; ``reserved`` is one file of bands."""
    paths = {}
    for name, text in texts.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_text(text, encoding="utf-8")
    bands = paths.pop("reserved", None)
    return TrafficFiles(reserved=() if bands is None else (bands,), **paths)


def answered(tables, topology="nsfnet-deeprmsa", **question):
    """The answer to a question with tables beside it."""
    question = {"requests": 20_000, **question} if tables.trace is None else question
    return simulate_traffic(
        TrafficQuestion(**question),
        topologies=NamedTopology(topology),
        workers=ProcessPool(1),
        tables=tables,
    )


def refused(tables, **question):
    """What is found wrong: place and message of each finding."""
    try:
        answered(tables, **question)
    except InvalidDataError as refusal:
        return {str(finding.place): finding.message for finding in refusal.findings}
    raise AssertionError("nothing was refused")


def recorded(**question):
    """An answer to drawn requests, and the same requests as the text of a trace."""
    answer = asked(**question)
    (law,) = answer.understood.requests.laws
    chunk = next_requests(law, random_sources(seed=1, run=0), count=answer.requests, after=0.0)
    sites = [site.site_id for site in answer.topology.sites]
    ends = site_pairs(len(sites), is_directed=answer.question.is_directed)
    lines = [
        f"{float(at)!r},{float(holds)!r},{sites[ends[pair][0]]},{sites[ends[pair][1]]},"
        f"{answer.understood.requests.bit_rates_gbps[bit_rate]}\n"
        for at, holds, pair, bit_rate in zip(*chunk, strict=True)
    ]
    return answer, TRACE + "".join(lines)
