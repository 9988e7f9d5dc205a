"""Does the ledger keep what it promises over a hundred thousand transfers and operations?

``python benchmarks/ledger_soak.py [faults|model] [count]``: eight clients that are killed post to a
store in a file and to one on a PostgreSQL server; random operations are compared with a dictionary.
"""

import importlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from karakoram.adapters.store.opening import make_store

COUNT, KILLS = 100_000, 500
HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))
SERVERS = importlib.import_module("tests.support.postgresql_server")
MODEL = importlib.import_module("tests.support.ledger_model")


def faults_on(what, word, *, count):
    words = ["tests.support.ledger_faults", word, str(count), "--kills", str(KILLS)]
    ended = subprocess.run(
        [sys.executable, "-m", *words], cwd=HERE, stdout=subprocess.PIPE, check=True
    )
    told = json.loads(ended.stdout)
    assert set(told["ends"]) == {0}, told
    print(
        f"{what}: 8 clients killed {told['killed']} times, {told['there']:,} transfers there once, "
        f"none lost, every currency sums to nothing; {told['seconds']:.0f} s",
        flush=True,
    )


def faults(count):
    with tempfile.TemporaryDirectory() as folder:
        word = str(Path(folder) / "store.db")
        make_store(word).close()
        faults_on("SQLite", word, count=count)
    with SERVERS.postgresql_server(is_durable=True) as server:
        faults_on("PostgreSQL", server.new_store(), count=count)


def model(count):
    begun = time.process_time()
    done, kept = MODEL.play(count)
    print(
        f"{done:,} random operations, {kept:,} transfers posted, nothing unlike the dictionary; "
        f"{time.process_time() - begun:.0f} s CPU"
    )


def main(words):
    counts = [int(word) for word in words if word.isdecimal()] or [COUNT]
    for name, play in (("faults", faults), ("model", model)):
        if name in words or not {"faults", "model"} & set(words):
            play(counts[0])


if __name__ == "__main__":
    main(sys.argv[1:])
