"""Random meshes of ROADMs as records, every setting stated, without any file."""

from dataclasses import replace
from itertools import pairwise

from karakoram.network.photonic.amplifiers import AmplifierType, FixedNoise, TwoCoilNoise
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    Fibre,
    Fused,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.equipment import (
    FibreType,
    PhotonicLibrary,
    RoadmImpairment,
    RoadmPath,
    RoadmPathImpairments,
    RoadmType,
    SpanDesign,
    SpectrumInformation,
    SweepDb,
)
from karakoram.network.photonic.network import Connection, PhotonicNetwork
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    FrequencyBand,
    SymbolDensityTarget,
)
from karakoram.planning.photonic.lit_channels import channels_of_comb

BAND = FrequencyBand(lower_thz=191.25, upper_thz=196.15)
COMB = SpectrumInformation(
    band=FrequencyBand(lower_thz=191.6, upper_thz=195.9),
    symbol_rate_gbaud=64.0,
    spacing_ghz=400.0,
    power_dbm=0.0,
    power_sweep=SweepDb(lowest_db=0.0, highest_db=0.0, step_db=1.0),
    roll_off=0.15,
    tx_osnr_db=38.0,
    system_margin_db=2.0,
)
SPAN = SpanDesign(
    is_power_mode=True,
    launch_offset=None,
    raman_loss_db_per_km_max=0.25,
    extended_gain_db=2.5,
    length_km_max=150.0,
    loss_db_max=None,
    padding_db=10.0,
    end_of_life_db=0.0,
    connector_in_db=0.3,
    connector_out_db=0.4,
    reference_loss_db=20.0,
    power_slope=0.3,
    voa_margin_db=1.0,
    voa_step_db=0.5,
)
LIBRARY = PhotonicLibrary(
    fibre_types={
        "SSMF": FibreType(
            fibre_type_id="SSMF",
            dispersion_ps_per_nm_km=16.7,
            effective_area_um2=83.0,
            pmd_ps_per_sqrt_km=0.04,
        ),
        "NZDF": FibreType(
            fibre_type_id="NZDF",
            dispersion_ps_per_nm_km=5.0,
            effective_area_um2=72.0,
            pmd_ps_per_sqrt_km=0.05,
        ),
    },
    raman_fibre_types={},
    amplifier_types={
        "fixed": AmplifierType(
            amplifier_type_id="fixed",
            noise=FixedNoise(noise_figure_db=5.5),
            band=BAND,
            gain_flatmax_db=30.0,
            gain_min_db=5.0,
            output_power_dbm_max=23.0,
            pmd_ps=0.05,
            pdl_db=0.1,
        ),
        "variable": AmplifierType(
            amplifier_type_id="variable",
            noise=TwoCoilNoise(noise_figure_db_min=6.0, noise_figure_db_max=10.0),
            band=BAND,
            gain_flatmax_db=26.0,
            gain_min_db=15.0,
            output_power_dbm_max=23.0,
            gain_ripple_db=(0.0, 0.2, -0.1, 0.0),
            dynamic_gain_tilt=(1.0, 1.4, 1.9),
        ),
    },
    multiband_amplifier_types={},
    roadm_types={
        "plain": RoadmType(
            roadm_type_id="plain",
            target=ChannelPowerTarget(power_dbm=-18.0),
            add_drop_osnr_db=36.0,
            pmd_ps=0.3,
            pdl_db=0.5,
        )
    },
    transceiver_types={},
    spans={"default": SPAN},
    spectra={"default": COMB},
)
LIT = channels_of_comb(COMB)


def with_roadm_impairments(band):
    """ROADMs with noise and OSNR of their own on every way."""

    def way(number, path, **figures):
        bands = (RoadmImpairment(band=band, **figures),)
        return RoadmPathImpairments(impairment_id=number, path=path, bands=bands)

    kind = replace(
        LIBRARY.roadm_types["plain"],
        impairments=(
            way(0, RoadmPath.EXPRESS, pmd_ps=0.2, pdl_db=0.3, osnr_db=40.0, cd_ps_per_nm=5.0),
            way(1, RoadmPath.ADD, noise_figure_db=8.0, loss_db_max=11.0),
            way(2, RoadmPath.DROP, osnr_db=38.0),
        ),
    )
    return replace(LIBRARY, roadm_types={"plain": kind})


class Mesh:
    """Grows a network OMS by OMS."""

    def __init__(self, rng):
        self.rng = rng
        self.elements, self.connections = {}, []

    def add(self, element):
        self.elements[element.element_id] = element
        return element.element_id

    def chain(self, *ids):
        pairs = pairwise(ids)
        self.connections += [Connection(from_id=a, to_id=b) for a, b in pairs]

    def site(self, name):
        target = None
        if self.rng.random() < 0.3:
            target = SymbolDensityTarget(density_mw_per_ghz=2.2e-4)
        self.add(Transceiver(element_id=f"trx {name}"))
        self.add(Roadm(element_id=f"roadm {name}", roadm_type_id="plain", target=target))
        self.chain(f"trx {name}", f"roadm {name}")
        self.chain(f"roadm {name}", f"trx {name}")

    def amplifier(self, name, gain_db):
        kind = "variable" if self.rng.random() < 0.5 else "fixed"
        return self.add(
            Amplifier(
                element_id=name,
                amplifier_type_id=kind,
                settings=AmplifierSettings(
                    gain_db=gain_db,
                    tilt_db=float(self.rng.choice([0.0, 0.5])) if kind == "variable" else 0.0,
                    output_voa_db=0.0,
                ),
            )
        )

    def section(self, a, z, *, spans, gain_extra_db=0.0):
        """From ROADM a to ROADM z; the last gain is enough for z's target."""
        name = f"{a}-{z}"
        ids = [f"roadm {a}", self.amplifier(f"booster {name}", 18.0)]
        for span in range(spans):
            length_km = float(self.rng.uniform(40.0, 100.0))
            fibre = Fibre(
                element_id=f"fibre {name} {span}",
                fibre_type_id=str(self.rng.choice(["SSMF", "NZDF"])),
                length_km=length_km,
                loss_db_per_km=0.2,
            )
            ids.append(self.add(fibre))
            loss_db = 0.2 * length_km + 0.7
            if self.rng.random() < 0.2:
                ids.append(self.add(Fused(element_id=f"fused {name} {span}", loss_db=0.5)))
                loss_db += 0.5
            ids.append(self.amplifier(f"amplifier {name} {span}", loss_db + gain_extra_db))
        ids.append(f"roadm {z}")
        self.chain(*ids)

    @property
    def network(self):
        return PhotonicNetwork(elements=self.elements, connections=tuple(self.connections))


def random_mesh(rng, *, sites=6, chords=3, spans_max=3):
    """A ring of sites with some chords, two directions each."""
    mesh = Mesh(rng)
    names = [f"S{index}" for index in range(sites)]
    for name in names:
        mesh.site(name)
    joined = {(index, (index + 1) % sites) for index in range(sites)}
    while len(joined) < sites + chords:
        a, z = sorted(rng.choice(sites, 2, replace=False).tolist())
        if (a, z) not in joined and (z, a) not in joined:
            joined.add((a, z))
    for a, z in sorted(joined):
        spans = int(rng.integers(1, spans_max + 1))
        mesh.section(names[a], names[z], spans=spans)
        mesh.section(names[z], names[a], spans=spans)
    return mesh
