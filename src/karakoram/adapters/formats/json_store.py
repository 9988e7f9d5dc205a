"""How do back-ups and the change log look as JSON?"""

from karakoram.sales.change_log import LogEntry
from karakoram.usecases.store.store_ports import StoreBackup


def json_from_backup(made: StoreBackup) -> dict[str, object]:
    """What a back-up holds."""
    return {"place": made.place, "counts": dict(made.counts), "sha256": made.digest}


def json_from_entry(entry: LogEntry) -> dict[str, object]:
    """One action."""
    return {
        "entry_id": entry.entry_id,
        "at": entry.deed.at.isoformat(),
        "who": entry.deed.who,
        "why": entry.deed.why,
        "action": entry.action,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "state_before": entry.state_before,
        "state_after": entry.state_after,
        "detail": entry.detail,
    }
