"""The municipality's case: the hospital's plan, and the code that opens it to the citizen."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.plan_facts import Level, PlanLink, PlanType
from matching.states import PlanState
from providers.models import Account, Municipality, Package, Site


class Plan(Model):
    """A genoptræningsplan. All dates are local days (Europe/Copenhagen).

    `citizen` is the sealed identity (see `matching.citizens`); `cpr_digest` its keyed hash for look-up. `contents` is
    what the hospital wrote, sealed too (see `matching.contents`); empty when only the frame of the plan is known.
    `offer_date` is the municipality's offered first contact and stays even when the offer is declined.
    `deferred_on` is when the citizen chose to wait. `reference_site` is where the municipality would have them train:
    what transport to it would cost is the most that is paid under the free choice (BEK 816/2018). `residence` is where
    the hospital's message says the citizen lives, when it says so and the place is known. `caseworker` is who of the
    municipality sees to it. `choice_told_on` is when the citizen was told that the private choice had arisen, and
    `code_issued_on` when they got the codes that are alive.
    """

    id = fields.BigIntField(primary_key=True)
    message_id = fields.CharField(max_length=80)
    municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="plans", on_delete=fields.RESTRICT
    )
    municipality_id: str
    case_reference = fields.CharField(max_length=40)
    plan_type = fields.CharEnumField(PlanType, max_length=32)
    level = fields.CharEnumField(Level, max_length=16, null=True)
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "genvej.Package", related_name="plans", on_delete=fields.RESTRICT, null=True
    )
    package_id: str | None
    discharge_date = fields.DateField()
    earliest_start = fields.DateField(null=True)
    received_on = fields.DateField()
    offer_date = fields.DateField(null=True)
    offer_recorded_on = fields.DateField(null=True)
    cannot_offer_recorded_on = fields.DateField(null=True)
    informed_at = fields.DatetimeField(null=True)
    deferred_on = fields.DateField(null=True)
    reference_site: fields.ForeignKeyNullableRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="reference_of", on_delete=fields.RESTRICT, null=True
    )
    reference_site_id: int | None
    state = fields.CharEnumField(PlanState, max_length=16)
    citizen = fields.BinaryField()
    cpr_digest = fields.CharField(max_length=64, db_index=True)
    contents = fields.BinaryField(null=True)
    residence: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="residents", on_delete=fields.RESTRICT, null=True
    )
    residence_id: str | None
    linked_to: fields.ForeignKeyNullableRelation["Plan"] = fields.ForeignKeyField(
        "genvej.Plan", related_name="linked_from", on_delete=fields.RESTRICT, null=True
    )
    linked_to_id: int | None
    link = fields.CharEnumField(PlanLink, max_length=16, null=True)
    caseworker: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "genvej.Account", related_name="cases", on_delete=fields.RESTRICT, null=True
    )
    caseworker_id: int | None
    choice_told_on = fields.DateField(null=True)
    code_issued_on = fields.DateField(null=True)

    class Meta:
        table = "plan"
        constraints = (
            UniqueConstraint(("municipality_id", "message_id"), "plan_message_once"),
            CheckConstraint("level IS NULL OR plan_type = 'general'", "plan_level_only_general"),
            CheckConstraint("(offer_date IS NULL) = (offer_recorded_on IS NULL)", "plan_offer_recorded"),
            CheckConstraint("(linked_to_id IS NULL) = (link IS NULL)", "plan_link_complete"),
            CheckConstraint("linked_to_id <> id", "plan_link_to_another"),
        )


class CourseCode(Model):
    """A forløbskode and its kontrolkode, as keyed hashes; at most one of a plan's codes is alive."""

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="codes", on_delete=fields.RESTRICT
    )
    plan_id: int
    digest = fields.CharField(max_length=64)
    access_digest = fields.CharField(max_length=64)
    issued_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "course_code"
        constraints = (
            UniqueConstraint(("digest",), "course_code_digest_once"),
            UniqueConstraint(("plan_id",), "course_code_one_alive_per_plan", condition="revoked_at IS NULL"),
        )
