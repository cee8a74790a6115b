"""award applications

Applications for awards with their reviews, draws, caps, batches and payment lists; an applicant is a party too.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

KNOWN = "role IN ('requester','respondent','third_party','applicant')"
KNOWN_BEFORE = "role IN ('requester','respondent','third_party')"


def upgrade() -> None:
    """Make room."""
    with op.batch_alter_table("party") as table:
        table.drop_constraint(op.f("ck_party_role_known"), type_="check")
        table.create_check_constraint(op.f("ck_party_role_known"), KNOWN)
    op.create_table(
        "award_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ratio", sa.Numeric(precision=9, scale=8), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", types.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','announced','noticed','approved','discarded')", name=op.f("ck_award_batch_state_known")
        ),
        sa.CheckConstraint(
            "(first_day IS NULL) = (last_day IS NULL)", name=op.f("ck_award_batch_announced_has_both_days")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> decided_by_id", name=op.f("ck_award_batch_four_eyes")
        ),
        sa.CheckConstraint("ratio > 0 AND ratio <= 1", name=op.f("ck_award_batch_ratio_up_to_one")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_award_batch_approved_by_id")),
        sa.ForeignKeyConstraint(["call_id"], ["award_call.id"], name=op.f("fk_award_batch_call_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_award_batch_decided_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_award_batch_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_batch")),
        sa.UniqueConstraint("call_id", "number", name="uq_award_batch_number"),
    )
    op.create_index("ix_award_batch_call_id", "award_batch", ["call_id"], unique=False)

    op.create_table(
        "payment_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("result", types.JsonText(), nullable=True),
        sa.Column("result_digest", sa.String(length=64), nullable=True),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("loaded_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(loaded_at IS NULL) = (result_digest IS NULL)", name=op.f("ck_payment_list_loaded_has_a_file")
        ),
        sa.CheckConstraint("lines > 0 AND total > 0", name=op.f("ck_payment_list_something_is_paid")),
        sa.ForeignKeyConstraint(["call_id"], ["award_call.id"], name=op.f("fk_payment_list_call_id")),
        sa.ForeignKeyConstraint(["loaded_by_id"], ["user.id"], name=op.f("fk_payment_list_loaded_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_payment_list_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_list")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_list_number")),
        sa.UniqueConstraint("result_digest", name=op.f("uq_payment_list_result_digest")),
    )
    op.create_index("ix_payment_list_call_id", "payment_list", ["call_id"], unique=False)

    op.create_table(
        "award_application",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("award", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("schedule_digest", sa.String(length=64), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("counted_year", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("base", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("requested", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("account_name", sa.String(length=200), nullable=False),
        sa.Column("bank", sa.String(length=120), nullable=False),
        sa.Column("account", types.EncryptedText(), nullable=True),
        sa.Column("promised", types.JsonText(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("verified", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("approved", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("items_approved", sa.Integer(), nullable=False),
        sa.Column("reconsidered", sa.Boolean(), nullable=False),
        sa.CheckConstraint("mode IN ('application','direct')", name=op.f("ck_award_application_mode_known")),
        sa.CheckConstraint("verdict IN ('support','reject')", name=op.f("ck_award_application_verdict_known")),
        sa.CheckConstraint("base IS NULL OR base > 0", name=op.f("ck_award_application_base_above_nothing")),
        sa.CheckConstraint("requested >= 0", name=op.f("ck_award_application_requested_not_negative")),
        sa.ForeignKeyConstraint(["call_id"], ["award_call.id"], name=op.f("fk_award_application_call_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_award_application_case_id")),
        sa.ForeignKeyConstraint(["district_id"], ["org_unit.id"], name=op.f("fk_award_application_district_id")),
        sa.ForeignKeyConstraint(["identity_id"], ["organization.id"], name=op.f("fk_award_application_identity_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_award_application")),
    )
    op.create_index("ix_award_application_call_id", "award_application", ["call_id"], unique=False)
    op.create_index(
        "ix_award_application_cap", "award_application", ["identity_id", "award", "counted_year"], unique=False
    )
    op.create_index("ix_award_application_district_id", "award_application", ["district_id"], unique=False)

    op.create_table(
        "cap_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("award", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("used", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_cap_account_used_not_negative")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_cap_account_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_account")),
        sa.UniqueConstraint("organization_id", "award", "year", name="uq_cap_account"),
    )
    op.create_table(
        "award_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("candidates", types.JsonText(), nullable=False),
        sa.Column("drawn", types.JsonText(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_draw_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_draw")),
    )
    op.create_index("ix_award_draw_case_id", "award_draw", ["case_id"], unique=False)

    op.create_table(
        "award_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("computed", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("steps", types.JsonText(), nullable=False),
        sa.Column("why_out", sa.Text(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("failed_because", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_award_grant_paid_has_a_day")),
        sa.CheckConstraint(
            "state IN ('draft','announced','approved','listed','paid','failed','taken_out')",
            name=op.f("ck_award_grant_state_known"),
        ),
        sa.CheckConstraint("amount >= 0 AND amount <= computed", name=op.f("ck_award_grant_amount_up_to_computed")),
        sa.ForeignKeyConstraint(["batch_id"], ["award_batch.id"], name=op.f("fk_award_grant_batch_id")),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_grant_case_id")),
        sa.ForeignKeyConstraint(["list_id"], ["payment_list.id"], name=op.f("fk_award_grant_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_grant")),
    )
    op.create_index("ix_award_grant_batch_id", "award_grant", ["batch_id"], unique=False)
    op.create_index("ix_award_grant_case_id", "award_grant", ["case_id"], unique=False)
    op.create_index("ix_award_grant_list_id", "award_grant", ["list_id"], unique=False)
    op.create_index(
        "uq_award_grant_in_one_batch",
        "award_grant",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'taken_out'"),
        sqlite_where=sa.text("state <> 'taken_out'"),
    )

    op.create_table(
        "award_recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("recommended", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_award_recommendation_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["award_application.case_id"], name=op.f("fk_award_recommendation_case_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_award_recommendation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_recommendation")),
    )
    op.create_index("ix_award_recommendation_case_id", "award_recommendation", ["case_id"], unique=False)

    op.create_table(
        "award_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("third", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("verdict IN ('support','reject')", name=op.f("ck_award_review_verdict_known")),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("ck_award_review_amount_not_negative")),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_review_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_award_review_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_review")),
        sa.UniqueConstraint("case_id", "round", "user_id", name="uq_award_review_once"),
    )
    op.create_table(
        "award_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("rubric", sa.Integer(), nullable=False),
        sa.Column("points", types.JsonText(), nullable=False),
        sa.Column("total", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("total >= 0 AND total <= 100", name=op.f("ck_award_score_total_in_range")),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_score_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_award_score_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_score")),
        sa.UniqueConstraint("case_id", "round", "user_id", name="uq_award_score_once"),
    )
    op.create_table(
        "award_thing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "item IN ('alliance','honour','mark','title','deal','policy','project','agency')",
            name=op.f("ck_award_thing_item_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_thing_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_thing")),
    )
    op.create_index("ix_award_thing_case_id", "award_thing", ["case_id"], unique=False)
    op.create_index("ix_award_thing_key", "award_thing", ["item", "key"], unique=False)

    op.create_table(
        "cap_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "why IN ('granted','taken_out','reversed','clawed_back')", name=op.f("ck_cap_entry_why_known")
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_cap_entry_amount_not_nothing")),
        sa.ForeignKeyConstraint(["account_id"], ["cap_account.id"], name=op.f("fk_cap_entry_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_cap_entry_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_cap_entry_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_entry")),
    )
    op.create_index("ix_cap_entry_account_id", "cap_entry", ["account_id"], unique=False)
    op.create_index("ix_cap_entry_case_id", "cap_entry", ["case_id"], unique=False)


def downgrade() -> None:
    """Take it away, with every application: no party is an applicant any more."""
    op.drop_table("cap_entry")
    op.drop_table("award_thing")
    op.drop_table("award_score")
    op.drop_table("award_review")
    op.drop_table("award_recommendation")
    op.drop_table("award_grant")
    op.drop_table("award_draw")
    op.drop_table("cap_account")
    op.drop_table("award_application")
    op.drop_table("payment_list")
    op.drop_table("award_batch")
    with op.batch_alter_table("party") as table:
        table.drop_constraint(op.f("ck_party_role_known"), type_="check")
        table.create_check_constraint(op.f("ck_party_role_known"), KNOWN_BEFORE)
