"""The eleventh version: PostgreSQL itself shows whoever acts their own rows and no others.

The rules of `inspect_app/access.py` in SQL, as they are at this version, for the person whom the
transaction names; SQLite has no such thing and stays as it is. `docs/access.md` says how, and what
it does not protect against.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FUNCTIONS = """
CREATE FUNCTION sight.person() RETURNS text STABLE
RETURN nullif(current_setting('inspect.person', true), '');

CREATE FUNCTION sight.doing(task text) RETURNS boolean STABLE
RETURN coalesce(task = ANY (string_to_array(current_setting('inspect.tasks', true), ' ')), false);

CREATE FUNCTION sight.at_large() RETURNS boolean STABLE
RETURN sight.doing('owner') AND pg_has_role(
    current_user, (SELECT nspowner FROM pg_namespace WHERE nspname = 'sight'), 'USAGE');

CREATE FUNCTION sight.is_any(VARIADIC roles text[]) RETURNS boolean STABLE
RETURN EXISTS (SELECT 1 FROM person_role p WHERE p.person = sight.person() AND p.role = ANY (roles))
    OR (sight.person() IN ('command-line', 'set-up')
        AND current_setting('inspect.office', true) = ANY (roles));

CREATE FUNCTION sight.organisation() RETURNS text STABLE
RETURN (SELECT p.organisation FROM person p WHERE p.code = sight.person());

CREATE FUNCTION sight.area() RETURNS text STABLE
RETURN (SELECT o.area_code FROM organisation o WHERE o.code = sight.organisation());

CREATE FUNCTION sight.reads() RETURNS text[] STABLE
RETURN (SELECT coalesce(array_agg(r.inspection::text), '{}') FROM inspection_reader r
    WHERE r.person = sight.person() AND sight.is_any('inspector', 'lead_inspector'));

CREATE FUNCTION sight.leads() RETURNS text[] STABLE
RETURN (SELECT coalesce(array_agg(r.inspection::text), '{}') FROM inspection_reader r
    WHERE r.person = sight.person() AND r.leads);
"""
"""Who acts, and what of theirs decides. Names are bound when these are made, so that no other
schema and no temporary table can stand in for a table named here."""

PAST_THE_POLICIES = {
    "own_readings() RETURNS integer[]": "coalesce(array_agg(r.case_id), '{}') "
    "FROM {home}.reading r WHERE r.reader = sight.person()",
    "weighed_cases() RETURNS integer[]": "coalesce(array_agg(DISTINCT f.case_id), '{}') "
    "FROM {home}.finding f WHERE f.id IN (SELECT w.finding FROM {home}.recommendation_finding w "
    "UNION SELECT w.finding FROM {home}.claim_finding w)",
    "return_counts(number integer) RETURNS boolean": "r.status <> 'entered' "
    "FROM {home}.agency_return r WHERE r.id = number",
}
"""What policies must know of tables that are secured themselves: a policy that asked another, which
asks it back, would never end. Each says what it says and no more, to whoever acts."""
PAST = """
CREATE FUNCTION sight.{signature} LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
    tasks text := coalesce(current_setting('inspect.tasks', true), '');
    answer {kind};
BEGIN
    PERFORM set_config('inspect.tasks', 'owner', true);
    SELECT {question} INTO answer;
    PERFORM set_config('inspect.tasks', tasks, true);
    RETURN answer;
END $$"""

READS = "(SELECT sight.reads())::text[]"
LEADS = "(SELECT sight.leads())::text[]"
ME = "(SELECT sight.person())"
MINE_BESIDE = "(SELECT sight.own_readings())::integer[]"
BLIND = "('draft', 'submitted')"
AGREED = "(SELECT i.status FROM inspection i WHERE i.code = c.inspection) = 'agreed'"
SEES_CASE = f"""
    c.inspection = ANY ({READS}) AND CASE
        WHEN c.read_by = {ME} THEN true
        WHEN c.id = ANY ({MINE_BESIDE}) THEN c.status NOT IN {BLIND}
        ELSE c.inspection = ANY ({LEADS}) OR c.status = 'counted'
    END"""
SEES_READING = f"""
    ({SEES_CASE}) AND (c.status NOT IN {BLIND}
        OR (c.inspection = ANY ({LEADS}) AND c.read_by <> {ME}))"""
COUNTING = f"(SELECT sight.doing('counting')) AND c.status = 'counted' AND {AGREED}"
MODERATING = f"(SELECT sight.doing('moderating')) AND c.inspection = ANY ({READS})"
WEIGHED_CASES = "(SELECT sight.weighed_cases())::integer[]"
WEIGHED = """EXISTS (SELECT 1 FROM recommendation_finding w WHERE w.finding = {finding})
        OR EXISTS (SELECT 1 FROM claim_finding w WHERE w.finding = {finding})"""
APART = "(SELECT sight.doing('keeping_apart'))"
WEIGHING = "(SELECT sight.doing('weighing'))"


def _of_case(rule: str) -> str:
    """What hangs on a case: the case is in sight, and then the rule."""
    return f"EXISTS (SELECT 1 FROM case_file c WHERE c.id = case_id AND ({rule}))"


def _of_reader(reader: str) -> str:
    """What one reader wrote: their own, the first reader's with the case, others' with theirs."""
    return f"""{reader} = {ME} OR CASE WHEN {reader} = c.read_by
        THEN {SEES_CASE} ELSE {SEES_READING} END"""


WHOLE = _of_case(f"({SEES_CASE}) OR ({MODERATING}) OR ({COUNTING})")
OF_INSPECTION = f"inspection = ANY ({READS}) OR (SELECT sight.doing('counting'))"
ALL_RETURNS = (
    "(SELECT sight.is_any('publisher', 'second_approver', 'verifier', 'inspector', "
    "'lead_inspector'))"
)
SCORECARDS = (
    f"({ALL_RETURNS} OR (area_code = (SELECT sight.area()) "
    "AND (SELECT sight.is_any('board_member', 'director'))))"
)
CHECKS_RELEASES = "(SELECT sight.is_any('publisher', 'second_approver'))"

RULES = {
    "case_file": f"""({SEES_CASE}) OR (c.inspection = ANY ({READS}) AND c.id = ANY ({MINE_BESIDE}))
        OR ({MODERATING}) OR ({COUNTING}) OR (SELECT sight.doing('guarding')) OR {APART}
        OR ({WEIGHING} AND c.id = ANY ({WEIGHED_CASES}))""",
    "missing_episode": WHOLE,
    "perpetrator": WHOLE,
    "disruption": WHOLE,
    "case_answer": WHOLE,
    "reading": f"reader = {ME} OR {_of_case('true')}",
    "finding": f"""CASE WHEN {APART} THEN true
        WHEN {WEIGHING} AND ({WEIGHED.format(finding="finding.id")}) THEN true ELSE
        {_of_case(f"{_of_reader('finding.reader')} OR ({MODERATING}) OR ({COUNTING})")} END""",
    "evidence_pointer": "EXISTS (SELECT 1 FROM finding f WHERE f.id = evidence_pointer.finding)",
    "moderation": f"{WHOLE} OR {APART} OR ({WEIGHING} AND case_id = ANY ({WEIGHED_CASES}))",
    "working_copy": f"reader = {ME} AND {_of_case('true')}",
    "wording_answer": _of_case(_of_reader("wording_answer.reader")),
    "case_receipt": f"""(SELECT sight.doing('numbering'))
        OR {_of_case(_of_reader("case_receipt.submitted_by"))}""",
    "pack": f"inspection = ANY ({READS}) OR (SELECT sight.doing('guarding'))",
    "intake": f"taken_by = {ME} OR inspection = ANY ({LEADS})",
    "frame": OF_INSPECTION,
    "frame_entry": OF_INSPECTION,
    "frame_episode": OF_INSPECTION,
    "draw": OF_INSPECTION,
    "drawn_case": OF_INSPECTION,
    "evidence_file": f"""(SELECT sight.is_any('verifier')) OR (SELECT sight.doing('counting'))
        OR EXISTS (
        SELECT 1 FROM evidence_item e JOIN recommendation_owner o ON o.id = e.owner
        JOIN recommendation r ON r.code = o.recommendation WHERE e.id = evidence_file.item
        AND (o.organisation = (SELECT sight.organisation()) OR r.inspection = ANY ({LEADS})))""",
    "agency_return": f"""(SELECT sight.doing('counting')) OR {ME} IS NOT NULL AND (
        (organisation = (SELECT sight.organisation())
            AND NOT (SELECT sight.is_any('administrator')))
        OR (area_code = (SELECT sight.area()) AND (SELECT sight.is_any('board_member')))
        OR (status <> 'entered' AND (SELECT sight.is_any('publisher'))))""",
    "return_explanation": "EXISTS (SELECT 1 FROM agency_return r WHERE r.id = agency_return)",
    "figure": f"""CASE WHEN (SELECT sight.doing('counting')) OR published THEN true
        WHEN agency_return IS NULL THEN {SCORECARDS}
        ELSE EXISTS (SELECT 1 FROM agency_return r WHERE r.id = agency_return)
            OR ({SCORECARDS} AND sight.return_counts(agency_return)) END""",
    "board_decision": """area_code = (SELECT sight.area())
        AND NOT (SELECT sight.is_any('administrator'))""",
    "release": f"""status IN ('published', 'corrected', 'withdrawn') OR {CHECKS_RELEASES}
        OR EXISTS (SELECT 1 FROM release_early_reader e
            WHERE e.release = release.id AND e.person = {ME})""",
    "release_acknowledgement": "EXISTS (SELECT 1 FROM release r WHERE r.id = release)",
    "text_read": CHECKS_RELEASES,
}
"""By its table, the rule of a row: whoever acts sees it, and may add, change or take out such
rows only. `inspect_app/access.py` says the same; a test holds the two against each other."""

ERASED = (
    *("case_file", "missing_episode", "perpetrator", "disruption", "case_answer", "reading"),
    *("finding", "evidence_pointer", "moderation", "working_copy", "wording_answer"),
    *("case_receipt", "frame", "frame_entry", "frame_episode", "draw", "drawn_case", "intake"),
)
"""What goes when the cases of an inspection are erased, by people who may not see them."""
AT_LARGE = "(SELECT sight.at_large())"
ERASING = "(SELECT sight.doing('erasing'))"

TRAIL = ("audit_event", "case_read")
TRAIL_IS_READ = (
    f"(SELECT sight.is_any('administrator')) OR (SELECT sight.doing('chaining')) "
    f"OR {ERASING} OR happened_by = {ME}"
)


def upgrade() -> None:
    """Apply this version; no row changes."""
    if not _on_postgresql():
        return
    op.execute("CREATE SCHEMA sight")
    for function in FUNCTIONS.strip().split(";\n"):
        op.get_bind().exec_driver_sql(function)
    for signature, question in PAST_THE_POLICIES.items():
        _look_past(signature, question)
    for table, rule in RULES.items():
        _secure(table)
        named = rule.replace("c.", "case_file.") if table == "case_file" else rule
        whole = f"{AT_LARGE} OR {ERASING}" if table in ERASED else AT_LARGE
        op.execute(
            f"CREATE POLICY sight ON {table} USING (CASE WHEN {whole} THEN true ELSE {named} END)"
        )
    for table in TRAIL:
        _secure(table)
        _trail(table, "read", "SELECT USING", TRAIL_IS_READ)
        _trail(table, "add", "INSERT WITH CHECK", f"happened_by = {ME}")
        _trail(table, "mend", "UPDATE USING", ERASING if table == "audit_event" else "false")
        _trail(table, "drop", "DELETE USING", "false")


def _look_past(signature: str, question: str) -> None:
    connection = op.get_bind()
    home = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    kind = signature.rpartition(" ")[2]
    asked = question.replace("{home}", str(home))
    connection.exec_driver_sql(PAST.format(signature=signature, kind=kind, question=asked))


def _secure(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")


def _trail(table: str, name: str, what: str, rule: str) -> None:
    op.execute(
        f"CREATE POLICY {name} ON {table} FOR {what} "
        f"(CASE WHEN {AT_LARGE} THEN true ELSE {rule} END)"
    )


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def downgrade() -> None:
    """Undo this version."""
    if not _on_postgresql():
        return
    for table in RULES:
        op.execute(f"DROP POLICY sight ON {table}")
    for table in TRAIL:
        for name in ("read", "add", "mend", "drop"):
            op.execute(f"DROP POLICY {name} ON {table}")
    for table in (*RULES, *TRAIL):
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")
    op.execute("DROP SCHEMA sight CASCADE")
