"""What may follow what with a release: drawn up, checked, approved by somebody else, published.

Before publication its content is frozen, so what is approved is what is published; afterwards
nothing of it changes, and only its standing does.
"""

from data_model.vocabulary import ReleaseStatus
from inspect_app.access import Permission
from inspect_app.workflow.move import Axis, Move, Need, each_from

CLEAR = (Need.NOTHING_BLOCKS, Need.ACKNOWLEDGED)

RELEASE_MOVES: tuple[Move, ...] = (
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.DRAFT],
        ReleaseStatus.CHECKS,
        Permission.MAKE_RELEASES,
        Need.CURRENT,
    ),
    *each_from(Axis.RELEASE, [ReleaseStatus.CHECKS], ReleaseStatus.DRAFT, Permission.MAKE_RELEASES),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.CHECKS],
        ReleaseStatus.SECOND_APPROVER,
        Permission.MAKE_RELEASES,
        Need.CURRENT,
        *CLEAR,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.SECOND_APPROVER],
        ReleaseStatus.APPROVED,
        Permission.APPROVE_RELEASES,
        *CLEAR,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.SECOND_APPROVER],
        ReleaseStatus.DRAFT,
        Permission.APPROVE_RELEASES,
        Need.REASON,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.SECOND_APPROVER],
        ReleaseStatus.CHECKS,
        Permission.MAKE_RELEASES,
        Need.REASON,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.APPROVED, ReleaseStatus.PRE_RELEASE],
        ReleaseStatus.DRAFT,
        Permission.MAKE_RELEASES,
        Need.REASON,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.APPROVED],
        ReleaseStatus.PRE_RELEASE,
        Permission.MAKE_RELEASES,
        *CLEAR,
        Need.NAMED,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.APPROVED, ReleaseStatus.PRE_RELEASE],
        ReleaseStatus.PUBLISHED,
        Permission.MAKE_RELEASES,
        *CLEAR,
        Need.ITS_TIME,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.PUBLISHED],
        ReleaseStatus.CORRECTED,
        Permission.MAKE_RELEASES,
        Need.REPLACED,
        follows=True,
    ),
    *each_from(
        Axis.RELEASE,
        [ReleaseStatus.PUBLISHED, ReleaseStatus.CORRECTED],
        ReleaseStatus.WITHDRAWN,
        Permission.MAKE_RELEASES,
        Need.REASON,
    ),
)
