"""Answers about light along a path with figures that a test knows by heart."""

import numpy as np

from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.photonic.simulation import NonlinearMethod
from karakoram.planning.photonic.propagation_records import (
    ChannelFigures,
    ElementFigures,
    PathPropagation,
)
from karakoram.usecases.light.propagate_path import PropagationAnswer
from tests.support.assumed import ASSUMED


def figures(count, *, noisy=True):
    names = ("power_dbm", "cd_ps_per_nm", "pmd_ps", "pdl_db")
    ratios = ("gsnr_db", "gsnr_01nm_db", "osnr_db", "osnr_01nm_db")
    values = {name: np.linspace(-0.001, 0.0, count) for name in names}
    ratio = np.linspace(10.0, 20.0, count) if noisy else np.full(count, np.inf)
    return ChannelFigures(**values, **dict.fromkeys(ratios, ratio))


def element(element_id, count, *, noisy, **details):
    return ElementFigures(
        element_id=element_id,
        kind="Edfa" if details else "Transceiver",
        type_id="std" if details else None,
        position_km=1234.5,
        latency_ms=1.0,
        channels=figures(count, noisy=noisy),
        details=details,
    )


def answer(count=40, *, unlit=(), warnings=0, assumptions=0):
    warning = Finding(
        code="odd",
        place=Place(table="elements", record="edfa", field="settings"),
        message="is odd",
        severity=Severity.WARNING,
    )
    light = PathPropagation(
        path=("A", "Z"),
        frequency_thz=191.3 + 0.05 * np.arange(count),
        labels=("",) * count,
        received=figures(count),
        latency_ms=6.0,
        length_km=1234.5,
        elements=(
            element("A", count, noisy=False),
            element("edfa", count, noisy=True, gain_db=20.0, noise_figure_db=5.5),
        ),
        unlit_thz=unlit,
        warnings=(),
    )
    return PropagationAnswer(
        from_id="A",
        to_id="Z",
        propagation=light,
        nonlinear=NonlinearMethod.GENERALISED_GN_APPROXIMATE,
        request=None,
        receivers=None,
        warnings=(warning,) * warnings,
        assumptions=(ASSUMED,) * assumptions,
    )
