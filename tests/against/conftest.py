"""Comparisons with a tool that this Python cannot install are left out, and said to be."""

import importlib.util

HAS_GNPY = importlib.util.find_spec("gnpy") is not None

collect_ignore_glob = [] if HAS_GNPY else ["*gnpy*"]


def pytest_report_header() -> str:
    return "GNPy: compared with" if HAS_GNPY else "GNPy: not installed, comparisons left out"
