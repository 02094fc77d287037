-- 操作与查看留痕: who looked at what, and who kept house how. An entry is one row that no other writer waits for; the sealer alone
-- puts entries into their chains. No entry and no link is ever changed or taken away.

CREATE TABLE log_entries (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    chain       TEXT COLLATE "C" NOT NULL CHECK (chain IN ('readings', 'staff')),
    at          TIMESTAMP NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    -- Who, and in whose place; none for the command line, and where nobody is known.
    staff_id    TEXT COLLATE "C" REFERENCES staff (id),
    absent_id   TEXT COLLATE "C" REFERENCES staff (id),
    case_id     TEXT COLLATE "C" REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    -- Whose auditors read it; none for what is of no agency.
    agency_id   TEXT COLLATE "C" REFERENCES agencies (id),
    -- Canonical JSON: the very bytes that are hashed.
    body        TEXT COLLATE "C" NOT NULL
);
CREATE INDEX log_entries_by_staff ON log_entries (staff_id, id);
CREATE INDEX log_entries_by_case ON log_entries (case_id, id);
CREATE INDEX log_entries_by_agency ON log_entries (agency_id, id);

-- What of an entry is personal, under a key of its own: where it came from, what was looked for, what was there before and after.
CREATE TABLE log_particulars (
    entry_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES log_entries (id),
    wrapped     BYTEA NOT NULL,
    sealed      BYTEA NOT NULL
);

-- Entries that are in no chain yet. Only where the sealer looks: it is no evidence of anything.
CREATE TABLE log_waiting (
    entry_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES log_entries (id),
    chain       TEXT COLLATE "C" NOT NULL
);

CREATE TABLE log_links (
    chain       TEXT COLLATE "C" NOT NULL,
    seq         INTEGER NOT NULL CHECK (seq > 0),
    entry_id    TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES log_entries (id),
    algorithm   TEXT COLLATE "C" NOT NULL,
    previous    TEXT COLLATE "C" NOT NULL CHECK (length(previous) = 64),
    hash        TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (chain, seq)
);

-- What audits found.
CREATE TABLE audit_runs (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    at          TIMESTAMP NOT NULL,
    -- On which machine and by which account of it.
    by_whom     TEXT COLLATE "C" NOT NULL CHECK (length(by_whom) BETWEEN 1 AND 200),
    cases       BIGINT NOT NULL,
    entries     BIGINT NOT NULL,
    leaves      BIGINT NOT NULL,
    unsealed    BIGINT NOT NULL,
    findings    BIGINT NOT NULL,
    -- The first bad place, in Chinese and in English; empty where all holds.
    first_zh    TEXT COLLATE "C" NOT NULL,
    first_en    TEXT COLLATE "C" NOT NULL,
    -- The last seal that holds.
    seal        BIGINT,
    -- Whether contents were held against their digests too, which takes the office's keys.
    contents    BOOLEAN NOT NULL
);

CREATE FUNCTION log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of the log is never changed, deleted or replaced';
END;
$$;
CREATE TRIGGER log_entries_are_never_changed BEFORE UPDATE OR DELETE ON log_entries
    FOR EACH ROW EXECUTE FUNCTION log_stands();
CREATE TRIGGER log_entries_are_never_emptied BEFORE TRUNCATE ON log_entries
    FOR EACH STATEMENT EXECUTE FUNCTION log_stands();
CREATE TRIGGER log_links_are_never_changed BEFORE UPDATE OR DELETE ON log_links
    FOR EACH ROW EXECUTE FUNCTION log_stands();
CREATE TRIGGER log_links_are_never_emptied BEFORE TRUNCATE ON log_links
    FOR EACH STATEMENT EXECUTE FUNCTION log_stands();
CREATE TRIGGER log_particulars_are_never_changed BEFORE UPDATE OR DELETE ON log_particulars
    FOR EACH ROW EXECUTE FUNCTION log_stands();
CREATE TRIGGER log_particulars_are_never_emptied BEFORE TRUNCATE ON log_particulars
    FOR EACH STATEMENT EXECUTE FUNCTION log_stands();
