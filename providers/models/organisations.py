"""Who delivers, on what legal basis, and where."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.geography import Municipality, PostalCode


class ProviderKind(StrEnum):
    MUNICIPAL = "municipal"
    PRIVATE = "private"


class AgreementBasis(StrEnum):
    """`own` = run by the municipality; `contract` = § 140 stk. 3; `extended` = KL agreement, stk. 5."""

    OWN = "own"
    CONTRACT = "contract"
    EXTENDED = "extended"


class PractitionerRole(StrEnum):
    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    STUDENT = "student_under_supervision"


class Provider(Model):
    """An organisation that delivers rehabilitation; a municipal one is run by `municipality`.

    With a `p_number` (production unit), only staff of that unit of the business belong to it.
    """

    name = fields.CharField(max_length=120)
    kind = fields.CharEnumField(ProviderKind, max_length=16)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="providers", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    cvr = fields.CharField(max_length=8)
    p_number = fields.CharField(max_length=10, null=True)
    gln = fields.CharField(max_length=13, null=True)
    sor = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "provider"
        constraints = (
            UniqueConstraint(("cvr",), "provider_cvr_once"),
            CheckConstraint("p_number ~ '^[0-9]{10}$'", "provider_p_number_ten_digits"),
            CheckConstraint(
                "(kind = 'municipal') = (municipality_id IS NOT NULL)", "provider_municipality_if_municipal"
            ),
        )


class Agreement(Model):
    """The legal basis of a provider, in force between two local days, both included."""

    provider: fields.ForeignKeyRelation["Provider"] = fields.ForeignKeyField(
        "genvej.Provider", related_name="agreements", on_delete=fields.RESTRICT
    )
    provider_id: int
    basis = fields.CharEnumField(AgreementBasis, max_length=16)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="agreements", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "agreement"
        constraints = (
            CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", "agreement_period"),
            CheckConstraint(
                "(basis = 'extended') = (municipality_id IS NULL)", "agreement_municipality_unless_extended"
            ),
        )


class Site(Model):
    """A place where rehabilitation happens, with what a citizen must know to get in and take part.

    `notice_email` is where its people want to hear that something is new. A citizen may move or cancel a time until
    `change_notice_hours` before it; empty = as the policy says. `door_width_cm` is the narrowest on the way in, `modes`
    the ways to be trained there (SlotMode); either is empty where nobody has said.
    """

    provider: fields.ForeignKeyRelation["Provider"] = fields.ForeignKeyField(
        "genvej.Provider", related_name="sites", on_delete=fields.RESTRICT
    )
    provider_id: int
    name = fields.CharField(max_length=120)
    street = fields.CharField(max_length=120)
    postal_code: fields.ForeignKeyRelation[PostalCode] = fields.ForeignKeyField(
        "genvej.PostalCode", related_name="sites", on_delete=fields.RESTRICT
    )
    postal_code_id: str
    longitude = fields.FloatField()
    latitude = fields.FloatField()
    phone = fields.CharField(max_length=20, null=True)
    web = fields.CharField(max_length=120, null=True)
    step_free = fields.BooleanField(db_default=False)
    lift = fields.BooleanField(db_default=False)
    accessible_toilet = fields.BooleanField(db_default=False)
    parking = fields.BooleanField(db_default=False)
    languages: fields.Field[list[str]] = ArrayField(element_type="varchar(2)")
    capacity_confirmed_at = fields.DatetimeField()
    notice_email = fields.CharField(max_length=254, null=True)
    change_notice_hours = fields.SmallIntField(null=True)
    door_width_cm = fields.SmallIntField(null=True)
    phone_hours = fields.CharField(max_length=120, null=True)
    modes: fields.Field[list[str]] = ArrayField(element_type="varchar(16)", null=True)

    class Meta:
        table = "site"
        constraints = (
            CheckConstraint("change_notice_hours BETWEEN 0 AND 336", "site_change_notice_reasonable"),
            CheckConstraint("door_width_cm BETWEEN 40 AND 300", "site_door_width_reasonable"),
            CheckConstraint("modes <@ ARRAY['individual', 'group', 'home', 'digital']::varchar[]", "site_modes_known"),
            CheckConstraint(
                "longitude BETWEEN 5 AND 18 AND latitude BETWEEN 53 AND 60", "site_point_in_this_part_of_the_world"
            ),
        )


class Practitioner(Model):
    """A person of a site's staff. The authorisation counts while it was checked and not withdrawn.

    Somebody who left is withdrawn as well. The index `practitioner_once_per_site` keeps those who are there apart.
    """

    site: fields.ForeignKeyRelation["Site"] = fields.ForeignKeyField(
        "genvej.Site", related_name="practitioners", on_delete=fields.RESTRICT
    )
    site_id: int
    name = fields.CharField(max_length=120)
    profession = fields.CharField(max_length=8)
    role = fields.CharEnumField(PractitionerRole, max_length=32)
    authorisation_id = fields.CharField(max_length=5, null=True)
    checked_at = fields.DatetimeField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "practitioner"
        constraints = (
            CheckConstraint("role <> 'therapist' OR authorisation_id IS NOT NULL", "practitioner_therapist_authorised"),
            CheckConstraint("authorisation_id ~ '^[b-df-hj-np-tv-z0-9]{5}$'", "practitioner_authorisation_form"),
            UniqueConstraint(
                ("site_id", "authorisation_id"), "practitioner_once_per_site", condition="withdrawn_at IS NULL"
            ),
        )
