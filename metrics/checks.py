"""Every check against false reassurance, in the order in which a board reads them."""

from metrics import checks_evidence, checks_figures, checks_following
from metrics.check import Check

CHECKS: tuple[Check, ...] = (
    checks_evidence.CLAIM_WITHOUT_GRADES,
    checks_evidence.CLAIM_AGAINST_GRADES,
    checks_evidence.CLAIM_BESIDE_JUDGEMENT,
    checks_evidence.FINDINGS_CONTRADICT,
    checks_evidence.JUDGEMENT_ABOVE_GRADES,
    checks_evidence.THEME_WITHOUT_GRADE,
    checks_evidence.CASES_NOT_GRADED,
    checks_evidence.NUMBER_NOT_PUBLISHED,
    checks_evidence.SAMPLE_LEAVES_OUT,
    checks_figures.FALL_ACROSS_CHANGE,
    checks_figures.DENOMINATOR_CHANGED,
    checks_figures.FLAGS_DO_NOT_RECONCILE,
    checks_figures.MOSTLY_NOT_RECORDED,
    checks_figures.OFTEN_NOT_RECORDED,
    checks_following.CLAIMED_ON_PAPER,
    checks_following.CLOSED_UNTESTED,
    checks_following.RECOMMENDED_AGAIN,
    checks_following.WANTING_AGAIN,
    checks_evidence.ONE_READER,
    checks_evidence.NO_SECOND_READING,
    checks_evidence.AGREEMENT_BY_CHANCE,
)

BY_CODE = {check.code: check for check in CHECKS}
