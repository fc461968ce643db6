"""Every table of the registry and of the cases, with its named constraints."""

from uuid import uuid4

from orjson import loads
from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from matching.models.trail import ReportState
from matching.plan_facts import Basis, Level, PlanType
from matching.states import BookingState, PlanState
from providers import migrating
from providers.models.capacity import OfferKind, SlotMode
from providers.models.geography import AuthorityKind
from providers.models.organisations import AgreementBasis, PractitionerRole, ProviderKind
from providers.models.packages import ApprovalState, PackageSource, Track


class Migration(migrating.Migration):
    dependencies = [("genvej", "0001_extensions")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AttemptBudget",
            fields=[
                ("bucket", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120)),
                ("spent", fields.FloatField()),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "attempt_budget",
                "app": "genvej",
                "pk_attr": "bucket",
                "table_description": "Failed attempts of one kind (`bucket`) that have not been forgotten yet; shared by all processes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Authority",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("plan_type", fields.CharField(max_length=32)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="MUNICIPALITY: municipality\nREGION: region", enum_type=AuthorityKind, max_length=16
                    ),
                ),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
            ],
            options={
                "table": "authority",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Which kind of authority is responsible for a type of plan, from one day to another, both included.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "heartbeat",
                "app": "genvej",
                "pk_attr": "name",
                "table_description": "When a part of the system, for instance `worker`, was last seen alive.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Municipality",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=4)),
                ("name", fields.CharField(max_length=80)),
                ("official_name", fields.CharField(max_length=80)),
                ("is_municipality", fields.BooleanField(db_default=True)),
                ("longitude", fields.FloatField()),
                ("latitude", fields.FloatField()),
                ("phone", fields.CharField(null=True, max_length=20)),
                ("email", fields.CharField(null=True, max_length=120)),
                ("sor", fields.CharField(null=True, max_length=20)),
                ("gln", fields.CharField(null=True, max_length=13)),
            ],
            options={
                "table": "municipality",
                "app": "genvej",
                "pk_attr": "code",
                "table_description": "One of the 98 municipalities, or Christiansø, which is neither a municipality nor in a region.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Package",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=24)),
                ("area", fields.CharField(max_length=2)),
                ("area_name", fields.CharField(max_length=80)),
                (
                    "track",
                    fields.CharEnumField(
                        description="SURGICAL: kirurgisk\nMEDICAL: medicinsk", enum_type=Track, max_length=16
                    ),
                ),
                ("professions", ArrayField(element_type="VARCHAR(8)")),
                (
                    "source",
                    fields.CharEnumField(description="REAL: real\nDEMO: demo", enum_type=PackageSource, max_length=8),
                ),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
            ],
            options={
                "table": "package",
                "app": "genvej",
                "pk_attr": "code",
                "table_description": "A forløbspakke: an area and a track, for instance `01-kirurgisk`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PackageLevel",
            fields=[
                ("id", fields.SmallIntField(generated=False, primary_key=True, unique=True, db_index=True)),
                (
                    "package",
                    fields.ForeignKeyField(
                        "genvej.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="levels",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("level", fields.CharField(max_length=16)),
            ],
            options={
                "table": "package_level",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One package at one level: the unit that is referred, approved, offered and matched.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Plan",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("message_id", fields.CharField(max_length=80)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="plans",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("case_reference", fields.CharField(max_length=40)),
                (
                    "plan_type",
                    fields.CharEnumField(
                        description="GENERAL: general\nSPECIALISED: specialised\nSPECIALISED_REHABILITATION: specialised_rehabilitation",
                        enum_type=PlanType,
                        max_length=32,
                    ),
                ),
                (
                    "level",
                    fields.CharEnumField(
                        null=True, description="BASIC: basic\nADVANCED: advanced", enum_type=Level, max_length=16
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "genvej.Package",
                        source_field="package_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="plans",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("discharge_date", fields.DateField()),
                ("earliest_start", fields.DateField(null=True)),
                ("received_on", fields.DateField()),
                ("offer_date", fields.DateField(null=True)),
                ("offer_recorded_on", fields.DateField(null=True)),
                ("cannot_offer_recorded_on", fields.DateField(null=True)),
                ("informed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("deferred_on", fields.DateField(null=True)),
                (
                    "state",
                    fields.CharEnumField(
                        description="RECEIVED: received\nASSESSED: assessed\nBOOKED: booked\nSTARTED: started\nCOMPLETED: completed\nSTOPPED: stopped\nERROR: error\nHANDED_BACK: handed_back",
                        enum_type=PlanState,
                        max_length=16,
                    ),
                ),
                ("citizen", fields.BinaryField()),
                ("cpr_digest", fields.CharField(db_index=True, max_length=64)),
            ],
            options={
                "table": "plan",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A genoptræningsplan. All dates are local days (Europe/Copenhagen).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("person", fields.CharField(max_length=120)),
                ("organisation", fields.CharField(null=True, max_length=120)),
                ("role", fields.CharField(max_length=40)),
                ("action", fields.CharField(max_length=60)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="audit_entries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("criterion", fields.CharField(null=True, max_length=120)),
                ("purpose", fields.CharField(max_length=120)),
                ("result", fields.CharField(max_length=40)),
            ],
            options={
                "table": "audit_entry",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A look at, or a change of, a person's data: who, in what role, did what to which case, and why.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CourseCode",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="codes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("digest", fields.CharField(max_length=64)),
                ("access_digest", fields.CharField(max_length=64)),
                ("issued_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "course_code",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A forløbskode and its kontrolkode, as keyed hashes; at most one of a plan's codes is alive.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PostalCode",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=4)),
                ("name", fields.CharField(max_length=80)),
                ("longitude", fields.FloatField()),
                ("latitude", fields.FloatField()),
                ("municipality_codes", ArrayField(element_type="VARCHAR(4)")),
            ],
            options={
                "table": "postal_code",
                "app": "genvej",
                "pk_attr": "code",
                "table_description": "A postal district; the first of `municipality_codes` is the municipality of its point.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Provider",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=120)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="MUNICIPAL: municipal\nPRIVATE: private", enum_type=ProviderKind, max_length=16
                    ),
                ),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="providers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cvr", fields.CharField(max_length=8)),
                ("gln", fields.CharField(null=True, max_length=13)),
                ("sor", fields.CharField(null=True, max_length=20)),
            ],
            options={
                "table": "provider",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "An organisation that delivers rehabilitation; a municipal one is run by `municipality`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Agreement",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "provider",
                    fields.ForeignKeyField(
                        "genvej.Provider",
                        source_field="provider_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="agreements",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "basis",
                    fields.CharEnumField(
                        description="OWN: own\nCONTRACT: contract\nEXTENDED: extended",
                        enum_type=AgreementBasis,
                        max_length=16,
                    ),
                ),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="agreements",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
            ],
            options={
                "table": "agreement",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "The legal basis of a provider, in force between two local days, both included.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Region",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ("name", fields.CharField(max_length=80)),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
            ],
            options={
                "table": "region",
                "app": "genvej",
                "pk_attr": "code",
                "table_description": "A region while it exists; Region Østdanmark begins on 1 January 2027.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MunicipalityRegion",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="regions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "region",
                    fields.ForeignKeyField(
                        "genvej.Region",
                        source_field="region_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="municipalities",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
            ],
            options={
                "table": "municipality_region",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Which region a municipality lies in, from one day to another, both included.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReportChannel",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="channels",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharField(max_length=16)),
                ("url", fields.CharField(max_length=300)),
                ("secret", fields.BinaryField()),
                ("active", fields.BooleanField(db_default=True)),
            ],
            options={
                "table": "report_channel",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Where a municipality wants its reports; `secret` is sealed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("digest", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("data", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "session",
                "app": "genvej",
                "pk_attr": "digest",
                "table_description": "A visit. The cookie holds the random id; the table only its digest.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Site",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "provider",
                    fields.ForeignKeyField(
                        "genvej.Provider",
                        source_field="provider_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sites",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=120)),
                ("street", fields.CharField(max_length=120)),
                (
                    "postal_code",
                    fields.ForeignKeyField(
                        "genvej.PostalCode",
                        source_field="postal_code_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="sites",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("longitude", fields.FloatField()),
                ("latitude", fields.FloatField()),
                ("phone", fields.CharField(null=True, max_length=20)),
                ("web", fields.CharField(null=True, max_length=120)),
                ("step_free", fields.BooleanField(db_default=False)),
                ("lift", fields.BooleanField(db_default=False)),
                ("accessible_toilet", fields.BooleanField(db_default=False)),
                ("parking", fields.BooleanField(db_default=False)),
                ("languages", ArrayField(element_type="VARCHAR(2)")),
                ("capacity_confirmed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "site",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A place where rehabilitation happens, with what a citizen must know to get in and take part.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Approval",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="approvals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package_level",
                    fields.ForeignKeyField(
                        "genvej.PackageLevel",
                        source_field="package_level_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="approvals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="APPLIED: applied\nAPPROVED: approved\nRETURNED: returned\nREJECTED: rejected\nSUSPENDED: suspended\nWITHDRAWN: withdrawn",
                        enum_type=ApprovalState,
                        max_length=16,
                    ),
                ),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
                ("decided_by", fields.CharField(null=True, max_length=80)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "approval",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A site may deliver one package at one level, from one local day to another, both included.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Offer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="offers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "approval",
                    fields.ForeignKeyField(
                        "genvej.Approval",
                        source_field="approval_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="offers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "agreement",
                    fields.ForeignKeyField(
                        "genvej.Agreement",
                        source_field="agreement_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="offers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "package_level",
                    fields.ForeignKeyField(
                        "genvej.PackageLevel",
                        source_field="package_level_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="offers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="MUNICIPAL: municipal\nCONTRACT: contract\nEXTENDED: extended",
                        enum_type=OfferKind,
                        max_length=16,
                    ),
                ),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="offers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("next_free", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("valid_from", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("valid_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "offer",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One approval under one agreement, as the finder sees it; recomputed, never edited.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Practitioner",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="practitioners",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=120)),
                ("profession", fields.CharField(max_length=8)),
                (
                    "role",
                    fields.CharEnumField(
                        description="THERAPIST: therapist\nASSISTANT: assistant\nSTUDENT: student_under_supervision",
                        enum_type=PractitionerRole,
                        max_length=32,
                    ),
                ),
                ("authorisation_id", fields.CharField(null=True, max_length=5)),
                ("checked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("withdrawn_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "practitioner",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A person of a site's staff. The authorisation counts while it was checked and not withdrawn.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Slot",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="slots",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("minutes", fields.SmallIntField()),
                (
                    "mode",
                    fields.CharEnumField(
                        description="INDIVIDUAL: individual\nGROUP: group\nHOME: home\nDIGITAL: digital",
                        enum_type=SlotMode,
                        max_length=16,
                    ),
                ),
                ("seats", fields.SmallIntField()),
                ("taken", fields.SmallIntField(db_default=0)),
                ("blocked_seats", fields.SmallIntField(db_default=0)),
                ("package_levels", ArrayField(null=True, element_type="SMALLINT")),
            ],
            options={
                "table": "slot",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A first contact that can be booked.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Booking",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="bookings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "slot",
                    fields.ForeignKeyField(
                        "genvej.Slot",
                        source_field="slot_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="bookings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "basis",
                    fields.CharEnumField(
                        description="OWN: own\nCONTRACT: contract\nOTHER_MUNICIPALITY: other_municipality\nEXTENDED: extended",
                        enum_type=Basis,
                        max_length=24,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="OFFERED: offered\nREQUESTED: requested\nCONFIRMED: confirmed\nSTARTED: started\nCOMPLETED: completed\nREFUSED: refused\nCANNOT_RECEIVE: cannot_receive\nCANCELLED_BY_CITIZEN: cancelled_by_citizen\nCANCELLED_BY_PROVIDER: cancelled_by_provider\nMOVED: moved\nNO_SHOW: no_show",
                        enum_type=BookingState,
                        max_length=24,
                    ),
                ),
                ("version", fields.IntField(db_default=1)),
                (
                    "moved_from",
                    fields.ForeignKeyField(
                        "genvej.Booking",
                        source_field="moved_from_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="moved_to",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "booking",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A first contact of a plan, or the municipality's offer of one.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sequence", fields.IntField()),
                ("kind", fields.CharField(max_length=40)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("actor", fields.CharField(max_length=120)),
                (
                    "booking",
                    fields.ForeignKeyField(
                        "genvej.Booking",
                        source_field="booking_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reason", fields.CharField(null=True, max_length=40)),
            ],
            options={
                "table": "case_event",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One change of a case; `sequence` counts a case's events from 1 without gaps.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Hold",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="holds",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "slot",
                    fields.ForeignKeyField(
                        "genvej.Slot",
                        source_field="slot_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="holds",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "hold",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A seat kept for one plan until an instant.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="idempotency_keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key", fields.CharField(max_length=80)),
                ("slot_id", fields.BigIntField()),
                (
                    "booking",
                    fields.ForeignKeyField(
                        "genvej.Booking",
                        source_field="booking_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "idempotency_key",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A caller's key, so that the same request asked again gives the same booking.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Report",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                (
                    "event",
                    fields.ForeignKeyField(
                        "genvej.CaseEvent",
                        source_field="event_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="reports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="reports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "channel",
                    fields.ForeignKeyField(
                        "genvej.ReportChannel",
                        source_field="channel_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="reports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sequence", fields.IntField()),
                ("body", fields.BinaryField()),
                (
                    "state",
                    fields.CharEnumField(
                        description="QUEUED: queued\nDELIVERED: delivered\nREFUSED: refused\nGIVEN_UP: given_up\nDROPPED: dropped",
                        enum_type=ReportState,
                        max_length=16,
                    ),
                ),
                ("attempts", fields.IntField(db_default=0)),
                ("next_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("claimed_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("answer", fields.CharField(null=True, max_length=300)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("delivered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "report",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "The outbox: one event for one channel. `id` is the message id that the recipient sees, at every attempt.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TransportThreshold",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("year", fields.SmallIntField()),
                ("pensioner_kroner", fields.SmallIntField()),
                ("other_kroner", fields.SmallIntField()),
            ],
            options={
                "table": "transport_threshold",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "The price of a round trip, in whole kroner, above which transport may be paid (BEK 816/2018).",
            },
            bases=["Model"],
        ),
        # The ORM leaves constraints out when it creates a table, so each is added by itself.
        ops.AddConstraint(
            model_name="AttemptBudget",
            constraint=CheckConstraint(check="spent >= 0", name="attempt_budget_not_negative"),
        ),
        ops.AddConstraint(
            model_name="Authority",
            constraint=UniqueConstraint(fields=("plan_type", "valid_from"), name="authority_once_a_day"),
        ),
        ops.AddConstraint(
            model_name="Municipality",
            constraint=CheckConstraint(check="code ~ '^[0-9]{4}$'", name="municipality_code_four_digits"),
        ),
        ops.AddConstraint(
            model_name="Package",
            constraint=UniqueConstraint(fields=("area", "track"), name="package_once_per_area_and_track"),
        ),
        ops.AddConstraint(
            model_name="PackageLevel",
            constraint=UniqueConstraint(fields=("package_id", "level"), name="package_level_once"),
        ),
        ops.AddConstraint(
            model_name="PackageLevel",
            constraint=CheckConstraint(check="level IN ('basic', 'advanced')", name="package_level_known"),
        ),
        ops.AddConstraint(
            model_name="Plan", constraint=UniqueConstraint(fields=("message_id",), name="plan_message_once")
        ),
        ops.AddConstraint(
            model_name="Plan",
            constraint=CheckConstraint(check="level IS NULL OR plan_type = 'general'", name="plan_level_only_general"),
        ),
        ops.AddConstraint(
            model_name="Plan",
            constraint=CheckConstraint(
                check="(offer_date IS NULL) = (offer_recorded_on IS NULL)", name="plan_offer_recorded"
            ),
        ),
        ops.AddConstraint(
            model_name="AuditEntry",
            constraint=CheckConstraint(check="person <> '' AND purpose <> ''", name="audit_entry_complete"),
        ),
        ops.AddConstraint(
            model_name="CourseCode", constraint=UniqueConstraint(fields=("digest",), name="course_code_digest_once")
        ),
        ops.AddConstraint(
            model_name="CourseCode",
            constraint=UniqueConstraint(
                fields=("plan_id",), name="course_code_one_alive_per_plan", condition="revoked_at IS NULL"
            ),
        ),
        ops.AddConstraint(
            model_name="PostalCode",
            constraint=CheckConstraint(check="code ~ '^[0-9]{4}$'", name="postal_code_four_digits"),
        ),
        ops.AddConstraint(
            model_name="Provider", constraint=UniqueConstraint(fields=("cvr",), name="provider_cvr_once")
        ),
        ops.AddConstraint(
            model_name="Provider",
            constraint=CheckConstraint(
                check="(kind = 'municipal') = (municipality_id IS NOT NULL)", name="provider_municipality_if_municipal"
            ),
        ),
        ops.AddConstraint(
            model_name="Agreement",
            constraint=CheckConstraint(check="valid_to IS NULL OR valid_to >= valid_from", name="agreement_period"),
        ),
        ops.AddConstraint(
            model_name="Agreement",
            constraint=CheckConstraint(
                check="(basis = 'extended') = (municipality_id IS NULL)", name="agreement_municipality_unless_extended"
            ),
        ),
        ops.AddConstraint(
            model_name="Region",
            constraint=CheckConstraint(check="valid_to IS NULL OR valid_to >= valid_from", name="region_period"),
        ),
        ops.AddConstraint(
            model_name="MunicipalityRegion",
            constraint=UniqueConstraint(
                fields=("municipality_id", "valid_from"), name="municipality_region_once_a_day"
            ),
        ),
        ops.AddConstraint(
            model_name="ReportChannel",
            constraint=UniqueConstraint(fields=("municipality_id", "kind"), name="report_channel_once_per_kind"),
        ),
        ops.AddConstraint(
            model_name="Approval",
            constraint=CheckConstraint(check="valid_to IS NULL OR valid_to >= valid_from", name="approval_period"),
        ),
        ops.AddConstraint(
            model_name="Offer",
            constraint=UniqueConstraint(
                fields=("approval_id", "agreement_id"), name="offer_once_per_approval_and_agreement"
            ),
        ),
        ops.AddConstraint(
            model_name="Practitioner",
            constraint=CheckConstraint(
                check="role <> 'therapist' OR authorisation_id IS NOT NULL", name="practitioner_therapist_authorised"
            ),
        ),
        ops.AddConstraint(
            model_name="Slot",
            constraint=CheckConstraint(
                check="taken >= 0 AND blocked_seats >= 0 AND minutes > 0", name="slot_counts_not_negative"
            ),
        ),
        ops.AddConstraint(
            model_name="Slot",
            constraint=CheckConstraint(check="taken + blocked_seats <= seats", name="slot_seats_not_exceeded"),
        ),
        ops.AddConstraint(
            model_name="Booking",
            constraint=UniqueConstraint(
                fields=("plan_id",), name="booking_one_offered_per_plan", condition="state = 'offered'"
            ),
        ),
        ops.AddConstraint(
            model_name="Booking",
            constraint=UniqueConstraint(
                fields=("plan_id",),
                name="booking_one_current_per_plan",
                condition="state IN ('requested', 'confirmed', 'started')",
            ),
        ),
        ops.AddConstraint(
            model_name="Booking", constraint=CheckConstraint(check="version > 0", name="booking_version_positive")
        ),
        ops.AddConstraint(
            model_name="CaseEvent",
            constraint=UniqueConstraint(fields=("plan_id", "sequence"), name="case_event_sequence_once"),
        ),
        ops.AddConstraint(
            model_name="CaseEvent", constraint=CheckConstraint(check="actor <> ''", name="case_event_has_actor")
        ),
        ops.AddConstraint(
            model_name="Hold", constraint=UniqueConstraint(fields=("plan_id",), name="hold_one_per_plan")
        ),
        ops.AddConstraint(
            model_name="IdempotencyKey",
            constraint=UniqueConstraint(fields=("plan_id", "key"), name="idempotency_key_once_per_plan"),
        ),
        ops.AddConstraint(
            model_name="Report",
            constraint=UniqueConstraint(fields=("event_id", "channel_id"), name="report_once_per_event_and_channel"),
        ),
        ops.AddConstraint(
            model_name="TransportThreshold",
            constraint=UniqueConstraint(fields=("year",), name="transport_threshold_once_a_year"),
        ),
    ]
