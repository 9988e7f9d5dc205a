"""What do legs of one's own and of partners make together, and what may be told of that?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.fields import Bounds
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import (
    Assumption,
    Confidence,
    Provenance,
    derived_confidence,
)
from karakoram.engines.optics.legs import Leg
from karakoram.network.photonic.noise_budget import TABLE, NoiseBudget
from karakoram.planning.photonic.hand_over import (
    ChainedLeg,
    HandOver,
    JointPath,
    budget_of_leg,
    chained_path,
    covered,
)
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.usecases.plan.hand_over_ports import BudgetSource, BudgetTarget
from karakoram.usecases.plan.leg_words import LegWord, OwnLeg, OwnLegs, OwnSources, own_legs
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.words import question_finding

LEGS_MAX = 50
_POWERS = Bounds(at_least=-100.0, at_most=100.0)
OWN = OperatorId("own")
"""Whose a computed leg is, until it is told under a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellWords:
    """How the whole is told to a partner."""

    operator: str
    valid_until: date
    from_site: str | None = None
    """``None``: the site at which the first leg begins."""
    to_site: str | None = None
    bands: int = 1
    """Into how many bands of about equally many channels the spectrum is cut."""
    input_power_dbm: float | None = None
    """That a channel needs where the first leg begins; ``None``: as computed or told."""
    source: str = "computed by the operator"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverQuestion:
    """Legs in the order of light, and what is asked of them."""

    legs: tuple[BudgetSource | LegWord, ...]
    spacing: str = "150"
    """Slot width of the channels where no leg is of files of GNPy."""
    on_day: date
    tell: TellWords | None = None
    is_designed: bool = True
    scatters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HandOverLeg:
    """One leg as it takes part."""

    budget: NoiseBudget
    source_name: str
    """File of a partner's budget, or the words that name a computed leg."""
    is_computed: bool
    gsnr: Float[np.ndarray, " channel"]
    """On the channels of the whole."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HandOverAnswer:
    """Legs put together, from end to end."""

    legs: tuple[HandOverLeg, ...]
    lit: LitChannels
    """The channels that every leg covers."""
    missing_thz: tuple[float, ...]
    """Central frequencies of those that some leg says nothing of."""
    joint: JointPath
    told: NoiseBudget | None
    warnings: tuple[Finding, ...]
    assumptions: tuple[Assumption, ...]
    """Figures that files of GNPy leave out, and what counts instead."""

    @property
    def confidence(self) -> Confidence:
        """How far the whole may be trusted: as the worst leg, and never more than derived."""
        return _whole_trust([one.budget for one in self.legs])


def hand_over_legs(
    question: HandOverQuestion,
    *,
    sources: OwnSources,
    target: BudgetTarget | None = None,
    progress: Progress = silent,
) -> HandOverAnswer:
    """Legs put together, and the budget of the whole where it is to be told.

    Parameters
    ----------
    question
        In words.
    sources
        Where own networks are read.
    target
        Where the budget of the whole is written; ``None`` for nowhere.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        With a finding for every word and file that means nothing, and for all that keeps the legs
        from being put together.
    """
    _refuse_counts(question)
    named = [leg for leg in question.legs if isinstance(leg, LegWord)]
    budgets = _read_budgets([leg for leg in question.legs if not isinstance(leg, LegWord)])
    own = own_legs(
        named,
        sources=sources,
        spacing=question.spacing,
        is_designed=question.is_designed,
        scatters=question.scatters,
        progress=progress,
    )
    progress("Putting legs together")
    parts = _parts(question, budgets=budgets, own=own)
    says = covered([part.budget for part in parts], own.lit)
    common = np.asarray(says.all(axis=0))
    missing = _missing(parts, says, own.lit)
    if not common.any():
        raise InvalidDataError(tuple(replace(one, severity=Severity.ERROR) for one in missing))
    lit = own.lit.kept(common)
    chain = [part.chained(lit) for part in parts]
    files = {part.budget.name: part.file for part in parts if part.file is not None}
    try:
        joint = chained_path(chain, lit=lit, on_day=question.on_day)
    except InvalidDataError as refusal:
        raise InvalidDataError(_located(refusal.findings, files)) from refusal
    told = None if question.tell is None else _told(question.tell, chain, joint=joint, lit=lit)
    if target is not None and told is not None:
        target.write_budget(told)
    return HandOverAnswer(
        legs=tuple(
            HandOverLeg(
                budget=part.budget,
                source_name=part.source_name,
                is_computed=one.computed is not None,
                gsnr=one.leg(lit).gsnr,
            )
            for part, one in zip(parts, chain, strict=True)
        ),
        lit=lit,
        missing_thz=tuple((own.lit.frequency_hz[~common] / 1e12).tolist()),
        joint=joint,
        told=told,
        warnings=(*own.warnings, *_located(joint.warnings, files), *missing),
        assumptions=own.assumptions,
    )


def _refuse_counts(question: HandOverQuestion) -> None:
    findings = []
    if not 1 <= len(question.legs) <= LEGS_MAX:
        message = f"name 1 to {LEGS_MAX} legs in the order of light, got {len(question.legs)}"
        findings.append(question_finding("leg", message))
    tell = question.tell
    if tell is not None and tell.bands < 1:
        message = f"the number of bands must be 1 or more, got {tell.bands}"
        findings.append(question_finding("bands", message))
    if tell is not None and tell.input_power_dbm is not None:
        breach = _POWERS.breach(tell.input_power_dbm)
        if breach is not None:
            findings.append(question_finding("input_power_dbm", breach))
    if tell is not None and tell.valid_until < question.on_day:
        message = f"lies before {question.on_day}; a budget holds from the day it is told"
        findings.append(question_finding("valid_until", message))
    if findings:
        raise InvalidDataError(tuple(findings))


def _read_budgets(sources: Sequence[BudgetSource]) -> list[NoiseBudget]:
    """All budgets, or every finding of all files."""
    budgets: list[NoiseBudget] = []
    findings: list[Finding] = []
    for source in sources:
        try:
            budgets.append(source.read_budget())
        except InvalidDataError as refusal:
            findings += refusal.findings
    if findings:
        raise InvalidDataError(tuple(findings))
    return budgets


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """A leg with its budget, on channels of its own."""

    budget: NoiseBudget
    source_name: str
    file: str | None = None
    own: OwnLeg | None = None

    def chained(self, lit: LitChannels) -> ChainedLeg:
        """The leg on the channels of the whole."""
        if self.own is None:
            return ChainedLeg(budget=self.budget)
        at = np.searchsorted(self.own.lit.frequency_hz, lit.frequency_hz)
        leg = self.own.leg
        return ChainedLeg(
            budget=self.budget,
            computed=Leg(
                gsnr=leg.gsnr[at],
                dispersion_s_per_m=leg.dispersion_s_per_m[at],
                pmd_s=leg.pmd_s[at],
                pdl_db=leg.pdl_db[at],
                latency_s=leg.latency_s,
            ),
        )


def _parts(
    question: HandOverQuestion, *, budgets: Sequence[NoiseBudget], own: OwnLegs
) -> list[_Part]:
    told, computed = iter(budgets), iter(own.legs)
    parts = []
    for leg in question.legs:
        if isinstance(leg, LegWord):
            one = next(computed)
            parts.append(
                _Part(budget=_own_budget(one, question.on_day), source_name=leg.word, own=one)
            )
        else:
            parts.append(_Part(budget=next(told), source_name=leg.name, file=leg.name))
    return parts


def _own_budget(one: OwnLeg, on_day: date) -> NoiseBudget:
    """A budget of each channel, so that a leg of one's own is judged like those of partners."""
    return budget_of_leg(
        one.leg,
        one.lit,
        told=HandOver(
            operator_id=OWN,
            from_site_id=one.from_site_id,
            to_site_id=one.to_site_id,
            input_power_dbm=one.input_power_dbm,
            valid_until=on_day,
            provenance=Provenance(source="computed", confidence=one.confidence),
        ),
        output_power_dbm=one.output_power_dbm,
        band_count=one.lit.frequency_hz.size,
    )


def _missing(
    parts: Sequence[_Part], says: Bool[np.ndarray, "leg channel"], lit: LitChannels
) -> tuple[Finding, ...]:
    """Channels that a leg says nothing of."""
    return tuple(
        Finding(
            code="channels-missing",
            place=Place(table=TABLE, file=part.file, record=part.budget.name, field="bands"),
            message=f"says nothing of {int((~of_leg).sum())} of {of_leg.size} channels, the first "
            f"at {lit.frequency_hz[~of_leg][0] / 1e12:.5f} THz; the whole way has only what every "
            "leg covers: a slot must lie in one band, frequencies are in THz",
            severity=Severity.WARNING,
        )
        for part, of_leg in zip(parts, says, strict=True)
        if not of_leg.all()
    )


def _located(findings: Sequence[Finding], files: Mapping[str, str]) -> tuple[Finding, ...]:
    return tuple(
        replace(one, place=replace(one.place, file=files.get(one.place.record or "")))
        for one in findings
    )


def _whole_trust(budgets: Iterable[NoiseBudget]) -> Confidence:
    return derived_confidence(one.provenance.confidence for one in budgets)


def _told(
    words: TellWords, chain: Sequence[ChainedLeg], *, joint: JointPath, lit: LitChannels
) -> NoiseBudget:
    """The whole as one budget: what a partner may know of it."""
    first, last = chain[0].budget, chain[-1].budget
    needed_dbm = words.input_power_dbm
    told = HandOver(
        operator_id=OperatorId(words.operator),
        from_site_id=SiteId(words.from_site or first.from_site_id),
        to_site_id=SiteId(words.to_site or last.to_site_id),
        input_power_dbm=first.input_power_dbm if needed_dbm is None else needed_dbm,
        valid_until=words.valid_until,
        provenance=Provenance(
            source=words.source,
            confidence=_whole_trust([one.budget for one in chain]),
            note=words.note,
        ),
        is_full_load=all(one.budget.is_full_load for one in chain),
    )
    if told.from_site_id == told.to_site_id:
        message = f"the leg begins and ends at {told.to_site_id!r}; name two sites"
        raise InvalidDataError((question_finding("to_site", message),))
    return budget_of_leg(
        joint.whole,
        lit,
        told=told,
        output_power_dbm=last.output_power_dbm,
        band_count=words.bands,
    )
