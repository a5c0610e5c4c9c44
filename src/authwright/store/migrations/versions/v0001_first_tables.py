"""The first tables.

Every row of a practice has practice_id, and on PostgreSQL a policy that shows it only to sessions which
have said that they are that practice's (`SET app.practice`). FORCE binds the tables' owner as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES_OF_PRACTICES = (
    "cases",
    "certifications",
    "determinations",
    "due",
    "evidence",
    "insurance_names",
    "intents",
    "leases",
    "ledger_entries",
    "ledger_heads",
    "orders",
    "requirements",
    "secrets",
    "submissions",
    "worklist",
)


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("executor", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("executor", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "practices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
    )
    op.create_table(
        "insurance_names",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("line_of_business", sa.String(), nullable=False),
        sa.Column("funding", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_insurance_names_practice_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "folded", name=op.f("pk_insurance_names")),
    )
    op.create_table(
        "leases",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_leases_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "account", name=op.f("pk_leases")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("payload_hash", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_ledger_entries_practice_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "sequence", name=op.f("pk_ledger_entries")),
    )
    op.create_index("ix_ledger_entries_case", "ledger_entries", ["practice_id", "case_id"])
    op.create_table(
        "ledger_heads",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_ledger_heads_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "sequence", name=op.f("pk_ledger_heads")),
    )
    op.create_table(
        "orders",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("member_hash", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_orders_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_orders")),
        sa.UniqueConstraint("practice_id", "external_id", name=op.f("uq_orders_practice_id_external_id")),
    )
    op.create_index("ix_orders_member", "orders", ["practice_id", "member_hash"])
    op.create_table(
        "secrets",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("permission", sa.String(), nullable=False),
        sa.Column("permitted_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_secrets_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "cases",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("date_of_service", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_hash", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "order_id"],
            ["orders.practice_id", "orders.id"],
            name=op.f("fk_cases_practice_id_order_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_cases_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_cases")),
    )
    op.create_index("ix_cases_member", "cases", ["practice_id", "member_hash"])
    op.create_index("ix_cases_order", "cases", ["practice_id", "order_id"])
    op.create_index("ix_cases_service", "cases", ["practice_id", "date_of_service"])
    op.create_index("ix_cases_state", "cases", ["practice_id", "state", "due_at"])
    op.create_table(
        "certifications",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("number_hash", sa.String(), nullable=False),
        sa.Column("member_hash", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_certifications_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_certifications_practice_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_certifications")),
    )
    op.create_index("ix_certifications_case", "certifications", ["practice_id", "case_id"])
    op.create_index("ix_certifications_end", "certifications", ["practice_id", "end_on"])
    op.create_index("ix_certifications_member", "certifications", ["practice_id", "member_hash"])
    op.create_index("ix_certifications_number", "certifications", ["practice_id", "number_hash"])
    op.create_table(
        "determinations",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_determinations_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_determinations_practice_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_determinations")),
    )
    op.create_index("ix_determinations_case", "determinations", ["practice_id", "case_id", "number"])
    op.create_table(
        "due",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_due_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_due_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_due")),
    )
    op.create_index("ix_due_due_at", "due", ["practice_id", "done_at", "due_at"])
    op.create_index(
        "uq_due_open",
        "due",
        ["practice_id", "key"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL AND key <> ''"),
        postgresql_where=sa.text("done_at IS NULL AND key <> ''"),
    )
    op.create_table(
        "evidence",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_evidence_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_evidence_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_case", "evidence", ["practice_id", "case_id"])
    op.create_index("ix_evidence_content", "evidence", ["practice_id", "content_hash"])
    op.create_table(
        "requirements",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("coverage", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("verify", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_requirements_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_requirements_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_requirements")),
        sa.UniqueConstraint(
            "practice_id",
            "case_id",
            "line",
            "coverage",
            name=op.f("uq_requirements_practice_id_case_id_line_coverage"),
        ),
    )
    op.create_table(
        "submissions",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("meaning_hash", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference_hash", sa.String(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_submissions_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_submissions_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_submissions")),
        sa.UniqueConstraint(
            "practice_id", "idempotency_key", name=op.f("uq_submissions_practice_id_idempotency_key")
        ),
    )
    op.create_index("ix_submissions_case", "submissions", ["practice_id", "case_id"])
    op.create_index("ix_submissions_reference", "submissions", ["practice_id", "reference_hash"])
    op.create_index("ix_submissions_status", "submissions", ["practice_id", "status"])
    op.create_table(
        "worklist",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "case_id"],
            ["cases.practice_id", "cases.id"],
            name=op.f("fk_worklist_practice_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_worklist_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_worklist")),
    )
    op.create_index("ix_worklist_case", "worklist", ["practice_id", "case_id"])
    op.create_index("ix_worklist_state", "worklist", ["practice_id", "state", "due_at"])
    op.create_index(
        "uq_worklist_open",
        "worklist",
        ["practice_id", "key"],
        unique=True,
        sqlite_where=sa.text("state = 'open' AND key <> ''"),
        postgresql_where=sa.text("state = 'open' AND key <> ''"),
    )
    op.create_table(
        "intents",
        sa.Column("practice_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("step_line", sa.Integer(), nullable=False),
        sa.Column("page_fingerprint", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "submission_id"],
            ["submissions.practice_id", "submissions.id"],
            name=op.f("fk_intents_practice_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_intents_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_intents")),
    )
    op.create_index(
        "uq_intents_open",
        "intents",
        ["practice_id", "submission_id"],
        unique=True,
        sqlite_where=sa.text("outcome = ''"),
        postgresql_where=sa.text("outcome = ''"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES_OF_PRACTICES:
            _guard(table)


def _guard(table: str) -> None:
    own = "practice_id = current_setting('app.practice', true)"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_practice ON {table} USING ({own}) WITH CHECK ({own})")
