"""The look-up log proves itself: salted hashes of its entries, and seals over them that form a chain.

An entry's hash covers its public part (when, in what role, what was done, why, with what result) and `personal_hash`,
which covers the person, the case and the criterion together with a random salt. Retention blanks the personal part
and forgets the salt: the entry's hash stays what it was, and nobody can guess from it what stood there.

Whoever writes an entry also leaves its number in `audit_unsealed`. The sealer takes from there what it can see, so an
entry that commits late, after entries with higher numbers, is simply in a later seal, and no writer ever waits.
"""

from tortoise.migrations import operations as ops

from providers import migrating

COLUMNS = "ALTER TABLE audit_entry ADD COLUMN salt uuid, ADD COLUMN personal_hash bytea"

HASHES = """
CREATE FUNCTION audit_personal_hash(entry audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(entry.salt, entry.person, entry.plan_id, entry.criterion)::text, 'UTF8'))
$$;
CREATE FUNCTION audit_entry_hash(entry audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(
        entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.organisation, entry.role, entry.action,
        entry.purpose, entry.result, encode(entry.personal_hash, 'hex')
    )::text, 'UTF8'))
$$;
"""

# Entries written before this migration are given their salt now, in one go: no portal that is in use has any yet.
FILL = """
DROP TRIGGER audit_entry_append_only ON audit_entry;
UPDATE audit_entry SET salt = gen_random_uuid();
UPDATE audit_entry AS entry SET personal_hash = audit_personal_hash(entry);
-- squawk-ignore adding-not-nullable-field
ALTER TABLE audit_entry ALTER COLUMN personal_hash SET NOT NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_entry_plan ON audit_entry (plan_id, id);
"""

TABLES = """
CREATE TABLE audit_unsealed (entry_id bigint PRIMARY KEY);
INSERT INTO audit_unsealed SELECT id FROM audit_entry;
CREATE TABLE audit_seal (
    id bigint PRIMARY KEY,
    first_entry bigint NOT NULL,
    last_entry bigint NOT NULL,
    entries integer NOT NULL,
    entry_ids bigint[] NOT NULL,
    leaves bytea[] NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL CONSTRAINT audit_seal_one_after_another UNIQUE,
    sealed_at timestamptz NOT NULL,
    hash bytea NOT NULL,
    mac bytea NOT NULL CONSTRAINT audit_seal_signed CHECK (octet_length(mac) = 32)
);
COMMENT ON TABLE audit_seal IS 'Each seal holds the hashes of a batch of entries, and the hash of the seal before it.';
COMMENT ON TABLE audit_unsealed IS 'Numbers of the entries that no seal covers yet.';
"""

ADDING = """
CREATE FUNCTION audit_entry_salted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := gen_random_uuid();
    NEW.personal_hash := audit_personal_hash(NEW);
    RETURN NEW;
END $$;
CREATE FUNCTION audit_entry_waits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_unsealed VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_salted BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_salted();
CREATE TRIGGER audit_entry_waits AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_waits();
"""

# The only change there is: the whole personal part goes, with the salt, and everything else stays as it is.
BLANKING = """
CREATE FUNCTION audit_entry_without_person(entry audit_entry) RETURNS audit_entry LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    entry.salt := NULL;
    entry.person := '(blanked)';
    entry.plan_id := NULL;
    entry.criterion := NULL;
    RETURN entry;
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_only_blanked BEFORE UPDATE ON audit_entry FOR EACH ROW
    WHEN (OLD.salt IS NULL OR NEW IS DISTINCT FROM audit_entry_without_person(OLD)) EXECUTE FUNCTION refuse_change();
CREATE FUNCTION blank_audit_entries(before timestamptz, plans bigint[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH blanked AS (
        UPDATE audit_entry SET salt = NULL, person = '(blanked)', plan_id = NULL, criterion = NULL
        WHERE salt IS NOT NULL AND at < before
            AND (plan_id = ANY (plans) OR plans IS NULL AND plan_id IS NULL)
        RETURNING id
    ) SELECT count(*) FROM blanked
$$;
"""

# A seal is computed twice, once to be signed outside the database and once to be stored. The worker has no other way
# to the table, and cannot make a seal cover anything but entries that are there and wait.
SEALING = """
CREATE FUNCTION next_audit_seal(ids bigint[], now timestamptz) RETURNS audit_seal LANGUAGE plpgsql STABLE AS $$
DECLARE
    seal audit_seal;
BEGIN
    SELECT coalesce(max(id), 0) + 1 INTO seal.id FROM audit_seal;
    SELECT hash INTO seal.previous FROM audit_seal WHERE id = seal.id - 1;
    seal.previous := coalesce(seal.previous, decode(repeat('00', 32), 'hex'));
    SELECT min(id), max(id), count(*), array_agg(id ORDER BY id), array_agg(leaf ORDER BY id),
        sha256(string_agg(int8send(id) || leaf, '' ORDER BY id))
    INTO seal.first_entry, seal.last_entry, seal.entries, seal.entry_ids, seal.leaves, seal.root
    FROM (
        SELECT id, audit_entry_hash(entry) AS leaf
        FROM audit_entry AS entry JOIN audit_unsealed ON entry_id = id WHERE id = ANY (ids)
    ) AS found;
    seal.sealed_at := now;
    seal.hash := sha256(convert_to(jsonb_build_array(
        seal.id, seal.first_entry, seal.last_entry, seal.entries, encode(seal.root, 'hex'),
        encode(seal.previous, 'hex'), (extract(epoch FROM now) * 1000000)::bigint
    )::text, 'UTF8'));
    RETURN seal;
END $$;
CREATE FUNCTION draft_audit_seal(now timestamptz, most integer, OUT ids bigint[], OUT hash bytea)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(727141) THEN RETURN; END IF;
    SELECT array_agg(id) INTO ids FROM (
        SELECT id FROM audit_unsealed JOIN audit_entry ON id = entry_id ORDER BY id LIMIT most
    ) AS waiting;
    IF ids IS NOT NULL THEN hash := (next_audit_seal(ids, now)).hash; END IF;
END $$;
CREATE FUNCTION add_audit_seal(ids bigint[], now timestamptz, signed bytea, mac bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    seal audit_seal;
BEGIN
    PERFORM pg_advisory_xact_lock(727141);
    seal := next_audit_seal(ids, now);
    IF seal.hash IS DISTINCT FROM signed THEN
        RAISE EXCEPTION 'the seal is not the one that was signed' USING ERRCODE = 'restrict_violation';
    END IF;
    seal.mac := mac;
    INSERT INTO audit_seal SELECT seal.*;
    DELETE FROM audit_unsealed WHERE entry_id = ANY (seal.entry_ids);
END $$;
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

GRANTS = """
REVOKE ALL ON audit_seal, audit_unsealed FROM genvej_app, genvej_worker;
GRANT SELECT ON audit_seal TO genvej_app, genvej_worker;
REVOKE EXECUTE ON FUNCTION draft_audit_seal, add_audit_seal, blank_audit_entries, audit_entry_waits FROM PUBLIC;
GRANT EXECUTE ON FUNCTION draft_audit_seal, add_audit_seal, blank_audit_entries TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0007_row_level_security")]
    operations = [
        ops.RunSQL(COLUMNS),
        ops.RunSQL(HASHES),
        ops.RunSQL(FILL),
        ops.RunSQL(TABLES),
        ops.RunSQL(ADDING),
        ops.RunSQL(BLANKING),
        ops.RunSQL(SEALING),
        ops.RunSQL(GRANTS),
    ]
