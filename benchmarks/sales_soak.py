"""Do several clients of one store, killed at random, ever sell, lose or tell a thing twice?

``python benchmarks/sales_soak.py 10000``: so many steps of quotes, orders, changes, ceases,
refusals and repetitions by ``--clients`` processes with connections of their own; every now and
then one is killed (SIGKILL) and begins again. In between, and at the end, every law of selling is
looked at, and at the end everything that the journals of the clients say. ``--store`` names a new
file, or an empty database; else a file that goes at the end. Exit code 1 where a law is broken.
"""

import argparse
import mmap
import os
import random
import resource
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store, open_store
from tests.support.broken_stores import BROKEN
from tests.support.sales_clients import Client, Journal, read_journal, told_otherwise
from tests.support.selling import fill
from tests.support.selling_laws import broken_laws, moment_of
from tests.support.selling_machine import made_once

PORTS = 30
LOOKS_MAX, STEPS_BETWEEN = 10, 250
"""How often all laws are looked at in between."""
KILL_EVERY = 60
"""Steps, on average, between two kills."""
FAULTS_SHOWN = 20


class SharedClock:
    """Counts the steps of all processes that come from one; two may count the same, none stops."""

    def __init__(self):
        self._memory = mmap.mmap(-1, 8)

    def count(self):
        return struct.unpack("<q", self._memory[:8])[0]

    def next(self):
        self._memory[:8] = struct.pack("<q", self.count() + 1)
        return self.count()


class Soak:
    """A store, its clients, and what is known of them."""

    def __init__(self, chosen, folder):
        self.chosen, self.folder = chosen, folder
        self.rng = random.Random(chosen.seed)
        self.clock = SharedClock()
        self.selling, self.prepared = made_once()
        self.read_end, self.write_end = os.pipe()
        self.pids, self.kills, self.faults, self.crashes = {}, 0, [], 0
        self.plant = frozenset()

    def begin(self):
        """A new store with its inventory, made by a process of its own, as all that opens it."""
        self.in_child(self._fill)
        path = self.folder / "plant"
        self.plant = frozenset(path.read_text().split("\n"))

    def _fill(self):
        with closing(make_store(self.chosen.store)) as store:
            selling = replace(self.selling, store=store, ids=TimeOrderedIds())
            fill(selling, self.prepared, ports=PORTS)
            found = store.read(lambda tx: tx.resources())
        (self.folder / "plant").write_text("\n".join(each.resource_id for each in found))

    def journal(self, number):
        return self.folder / f"client-{number}.jsonl"

    def start(self, number):
        """A client, in a process of its own."""
        self.pids[number] = self.forked(lambda: self._live(number))

    def _live(self, number):
        with closing(BROKEN[self.chosen.broken](open_store(self.chosen.store))) as store:
            client = Client(
                number=number,
                seed=self.chosen.seed,
                selling=replace(self.selling, store=store, ids=TimeOrderedIds()),
                journal=Journal(self.journal(number)),
                clock=self.clock,
            )
            client.begin()
            while True:
                client.step()
                os.write(self.write_end, b".")

    def run(self):
        """Let the clients take their steps; kill, look, and begin again in between."""
        steps, looked = 0, 0
        looks = min(LOOKS_MAX, self.chosen.steps // STEPS_BETWEEN)
        for number in range(self.chosen.clients):
            self.start(number)
        while steps < self.chosen.steps and not self.crashes:
            steps += len(os.read(self.read_end, 1))
            if self.rng.random() < 1 / KILL_EVERY:
                self.kill(self.rng.randrange(self.chosen.clients))
                self.kills += 1
            if steps * looks // self.chosen.steps > looked:
                looked += 1
                self.in_child(self._look)
            self._watch()
        for number in range(self.chosen.clients):
            self.kill(number, is_last=True)

    def kill(self, number, *, is_last=False):
        """Kill a client wherever it is; it begins again, and at last ends what it had begun."""
        os.kill(self.pids[number], signal.SIGKILL)
        os.waitpid(self.pids.pop(number), 0)
        if is_last:
            self.in_child(lambda: self._end(number))
        else:
            self.start(number)

    def _end(self, number):
        with closing(open_store(self.chosen.store)) as store:
            Client(
                number=number,
                seed=self.chosen.seed,
                selling=replace(self.selling, store=store, ids=TimeOrderedIds()),
                journal=Journal(self.journal(number)),
                clock=self.clock,
            ).begin()

    def _watch(self):
        """See whether a client has ended, which none does by itself."""
        for number, pid in list(self.pids.items()):
            ended, _ = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.crashes += 1
                del self.pids[number]
                self.start(number)

    def _look(self):
        with closing(open_store(self.chosen.store)) as store:
            moment = store.read(moment_of)
        self._tell(broken_laws(moment, self.plant))
        self._tell(map(str, Keeper(self.chosen.store).check().findings))

    def _tell(self, faults):
        with (self.folder / "faults").open("a") as told:
            told.writelines(f"{each}\n" for each in faults)

    def judge(self):
        """At the end everything, with what clients were told."""
        self.in_child(self._judge)
        path = self.folder / "faults"
        self.faults = path.read_text().splitlines() if path.exists() else []

    def _judge(self):
        self._look()
        with closing(open_store(self.chosen.store)) as store:
            moment = store.read(moment_of)
        journals = [read_journal(self.journal(n)) for n in range(self.chosen.clients)]
        self._tell(told_otherwise(moment, journals))
        counts = Counter(f"{type(each).__name__} {each.state.value}" for each in moment.records)
        told = Counter(
            line["told"] if line["told"] != "no" else line["code"]
            for lines in journals
            for line in lines
        )
        print("told: " + ", ".join(f"{word} {count:,}" for word, count in sorted(told.items())))
        print("there: " + ", ".join(f"{word} {count:,}" for word, count in sorted(counts.items())))

    def in_child(self, action):
        _, status = os.waitpid(self.forked(action), 0)
        if status:
            self.crashes += 1

    @staticmethod
    def forked(action):
        """A process that does this and ends; a store is never opened on both sides of a fork."""
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            action()
            status = 0
        except BaseException:  # noqa: BLE001  (whatever it is, it is told and counted)
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)


def main(words):
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("steps", type=int)
    reader.add_argument("--clients", type=int, default=4)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--store", default="")
    reader.add_argument("--broken", choices=sorted(BROKEN), default="no")
    chosen = reader.parse_args(words)
    with tempfile.TemporaryDirectory() as name:
        chosen.store = chosen.store or str(Path(name) / "soak.db")
        wall_s = time.perf_counter()
        soak = Soak(chosen, Path(name))
        soak.begin()
        soak.run()
        soak.judge()
        wall_s = time.perf_counter() - wall_s
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{chosen.steps:,} steps of {chosen.clients} clients, {soak.kills} killed, "
        f"{soak.crashes} crashed, {len(soak.faults)} faults; {wall_s:.0f} s, "
        f"{used.ru_utime + used.ru_stime:.0f} s CPU"
    )
    for each in soak.faults[:FAULTS_SHOWN]:
        print(f"  {each}")
    return 1 if soak.faults or soak.crashes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
