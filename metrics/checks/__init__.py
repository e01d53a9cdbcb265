"""Every check against false reassurance, in the order in which a board reads them."""

from metrics.check import Check
from metrics.checks import evidence, figures, following

CHECKS: tuple[Check, ...] = (
    evidence.CLAIM_WITHOUT_GRADES,
    evidence.CLAIM_AGAINST_GRADES,
    evidence.CLAIM_BESIDE_JUDGEMENT,
    evidence.FINDINGS_CONTRADICT,
    evidence.JUDGEMENT_ABOVE_GRADES,
    evidence.THEME_WITHOUT_GRADE,
    evidence.CASES_NOT_GRADED,
    evidence.NUMBER_NOT_PUBLISHED,
    evidence.SAMPLE_LEAVES_OUT,
    figures.FALL_ACROSS_CHANGE,
    figures.DENOMINATOR_CHANGED,
    figures.FLAGS_DO_NOT_RECONCILE,
    figures.MOSTLY_NOT_RECORDED,
    figures.OFTEN_NOT_RECORDED,
    following.CLAIMED_ON_PAPER,
    following.CLOSED_UNTESTED,
    following.RECOMMENDED_AGAIN,
    following.WANTING_AGAIN,
    evidence.ONE_READER,
    evidence.NO_SECOND_READING,
    evidence.AGREEMENT_BY_CHANCE,
)

BY_CODE = {check.code: check for check in CHECKS}
