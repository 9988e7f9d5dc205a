"""Which fibres, amplifiers, ROADMs and transceiver modes come with the platform?"""

from functools import cache

from karakoram.refdata.equipment import (
    AmplifierType,
    EquipmentLibrary,
    FibreType,
    RoadmType,
    TransceiverMode,
)
from karakoram.refdata.packaged import packaged_folder, read_packaged


@cache
def read_library() -> EquipmentLibrary:
    """The packaged equipment library, each type with its source and confidence.

    >>> read_library().fibre_types["G652D-PLAN"].attenuation_db_per_km
    0.275
    """
    folder = packaged_folder("library")
    fibres = read_packaged(folder, "fibre_types", record_type=FibreType)
    amplifiers = read_packaged(folder, "amplifier_types", record_type=AmplifierType)
    roadms = read_packaged(folder, "roadm_types", record_type=RoadmType)
    modes = read_packaged(folder, "transceiver_modes", record_type=TransceiverMode)
    return EquipmentLibrary(
        fibre_types={fibre.fibre_type_id: fibre for fibre in fibres},
        amplifier_types={amplifier.amplifier_type_id: amplifier for amplifier in amplifiers},
        roadm_types={roadm.roadm_type_id: roadm for roadm in roadms},
        transceiver_modes={mode.transceiver_mode_id: mode for mode in modes},
    )
