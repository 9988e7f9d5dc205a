"""What does light suffer between transmitter and receiver?

Arrays in, arrays out; SI linear units. A *line* is one optical multiplex section (OMS) in
one direction, its *sections* are the fibres between adjacent amplifiers (OTS).
"""

from karakoram.engines.optics.amplifier import AmplifierColumns as AmplifierColumns
from karakoram.engines.optics.analytic_gn import AnalyticGn as AnalyticGn
from karakoram.engines.optics.compose import composed_gsnr as composed_gsnr
from karakoram.engines.optics.compose import gsnr_from_log_noise as gsnr_from_log_noise
from karakoram.engines.optics.compose import (
    gsnr_from_published_design as gsnr_from_published_design,
)
from karakoram.engines.optics.compose import log_noise as log_noise
from karakoram.engines.optics.compose import osnr_01nm as osnr_01nm
from karakoram.engines.optics.compose import snr_with_terminals as snr_with_terminals
from karakoram.engines.optics.fibre import FibreColumns as FibreColumns
from karakoram.engines.optics.fibre import LineColumns as LineColumns
from karakoram.engines.optics.fibre import line_columns as line_columns
from karakoram.engines.optics.generalised_gn import GeneralisedGn as GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import (
    SeparatedGeneralisedGn as SeparatedGeneralisedGn,
)
from karakoram.engines.optics.isrs_gn import IsrsGn as IsrsGn
from karakoram.engines.optics.line import LineNoise as LineNoise
from karakoram.engines.optics.line import PreparedLines as PreparedLines
from karakoram.engines.optics.line import line_dispersion_s_per_m as line_dispersion_s_per_m
from karakoram.engines.optics.line import line_noise as line_noise
from karakoram.engines.optics.line import line_pmd_s as line_pmd_s
from karakoram.engines.optics.line import prepared_lines as prepared_lines
from karakoram.engines.optics.method import PropagationMethod as PropagationMethod
from karakoram.engines.optics.method import RamanModel as RamanModel
from karakoram.engines.optics.nonlinear import NonlinearModel as NonlinearModel
from karakoram.engines.optics.repeatered import RepeateredColumns as RepeateredColumns
from karakoram.engines.optics.repeatered import RepeateredNoise as RepeateredNoise
from karakoram.engines.optics.repeatered import repeatered_line_noise as repeatered_line_noise
from karakoram.engines.optics.shares import NoiseShares as NoiseShares
from karakoram.engines.optics.spectrum import Comb as Comb
from karakoram.engines.optics.spectrum import full_comb as full_comb
