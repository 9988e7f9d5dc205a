"""How is what was sent kept beside the record that came of it?"""

from karakoram.core.errors import RefusedError
from karakoram.sales.submissions import Submission
from karakoram.usecases.sell.sales_ports import SalesStore, SalesWriter


def keep_submission(submission: Submission, *, store: SalesStore) -> Submission:
    """What was sent, kept beside the record that came of it; sent again it is the same.

    Raises
    ------
    RefusedError
        With code ``external-id-reused`` where something else was sent before under the name that
        led to the record.
    """

    def write(tx: SalesWriter) -> Submission:
        before = tx.find(Submission, submission.submission_id)
        if before is None:
            tx.add(submission)
            return submission
        if (before.dialect, before.body) != (submission.dialect, submission.body):
            raise RefusedError(
                f"{submission.submission_id} came of a request that said something else",
                code="external-id-reused",
                where=submission.submission_id,
                alternatives=("repeat that request unchanged", "choose another externalId"),
            )
        return before

    return store.write(write)
