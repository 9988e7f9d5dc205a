"""How does a test run a command in a process of its own without importing everything each time?

A process that has imported every command waits for orders and forks for each: the child takes the
arguments, the folder, the environment and two files for what it tells, leaves ``answer_orders``
and runs the command to its end as any process does. Orders and answers are lines of JSON. What the
interpreter reads when it starts (``PYTHON...``, the locale) is that of the waiting process.
"""

import gc
import json
import os
import pkgutil
import sys
from importlib import import_module


def import_every_command() -> None:
    """Import what a command may need, so that no child has to."""
    commands = import_module("karakoram.interfaces.cli.commands")
    for module in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}."):
        import_module(module.name)


def obey(order: dict[str, object]) -> None:
    """Become the process that an order asks for."""
    for stream, path in ((1, order["out"]), (2, order["err"])):
        told = os.open(str(path), os.O_WRONLY)
        os.dup2(told, stream)
        os.close(told)
    if order["cwd"]:
        os.chdir(str(order["cwd"]))
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["-c", *order["arguments"]]


def answer_orders(orders: int, answers: int) -> None:
    """Fork for every order and answer with the child's number, then its exit code.

    Returns in each child, whose process then runs the command; never in the one that waits.
    """
    import_every_command()
    gc.collect()
    gc.freeze()  # a child that went over all that was imported would copy all of it
    with os.fdopen(orders, encoding="utf-8") as lines, os.fdopen(answers, "w", 1) as told:
        for line in lines:
            child = os.fork()
            if child == 0:
                obey(json.loads(line))
                return
            told.write(f"{child}\n")
            _, status = os.waitpid(child, 0)
            told.write(f"{os.waitstatus_to_exitcode(status)}\n")
    sys.exit(0)
