-- 信箱来信、咨询、热线和平台转办: a file of its own for each, beside the applications and never counted as one. Its journal is what happened;
-- the row is computed from it. Number and hash of each entry stand in the chain "staff", so the seals cover it too.

CREATE TABLE enquiries (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    version          INTEGER NOT NULL CHECK (version > 0),
    agency_id        TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    number           TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 100),
    kind             TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    stage            TEXT COLLATE "C" NOT NULL CHECK (length(stage) BETWEEN 1 AND 40),
    handler_id       TEXT COLLATE "C" REFERENCES staff (id),
    arrived_on       DATE NOT NULL,
    registered_on    DATE NOT NULL,
    due_on           DATE,
    due_provisional  BOOLEAN NOT NULL,
    -- How it ended, on which day, and whether the answer was late by the count of then.
    ending           TEXT COLLATE "C",
    closed_on        DATE,
    late             BOOLEAN,
    satisfaction     INTEGER CHECK (satisfaction BETWEEN 1 AND 5),
    -- The application it went on as, and the one that turned out to be it.
    case_id          TEXT COLLATE "C" REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    from_case_id     TEXT COLLATE "C" REFERENCES cases (id),
    -- The scheduler's own: through which day people were told, and when it looks again.
    told_on          DATE NOT NULL,
    next_on          DATE,
    created_at       TIMESTAMP NOT NULL,
    updated_at       TIMESTAMP NOT NULL
);
CREATE INDEX enquiries_by_agency_due ON enquiries (agency_id, due_on, id);
CREATE INDEX enquiries_by_agency_registered ON enquiries (agency_id, registered_on, id);
CREATE INDEX enquiries_by_case ON enquiries (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX enquiries_by_from_case ON enquiries (from_case_id) WHERE from_case_id IS NOT NULL;
CREATE INDEX enquiries_to_look_at ON enquiries (next_on, id) WHERE next_on IS NOT NULL;

CREATE TABLE enquiry_journal (
    enquiry_id    TEXT COLLATE "C" NOT NULL REFERENCES enquiries (id) DEFERRABLE INITIALLY DEFERRED,
    seq           INTEGER NOT NULL CHECK (seq > 0),
    at            TIMESTAMP NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    version       INTEGER NOT NULL CHECK (version > 0),
    actor         TEXT NOT NULL,
    body          TEXT NOT NULL,
    algorithm     TEXT COLLATE "C" NOT NULL,
    previous      TEXT COLLATE "C" NOT NULL,
    hash          TEXT COLLATE "C" NOT NULL CHECK (length(hash) > 0),
    PRIMARY KEY (enquiry_id, seq)
);

-- Its key, under the master key, and what was written, under that key.
CREATE TABLE enquiry_keys (
    enquiry_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES enquiries (id) DEFERRABLE INITIALLY DEFERRED,
    wrapped       BYTEA NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE TABLE enquiry_texts (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    enquiry_id    TEXT COLLATE "C" NOT NULL REFERENCES enquiries (id) DEFERRABLE INITIALLY DEFERRED,
    kind          TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    sealed        BYTEA NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE INDEX enquiry_texts_by_enquiry ON enquiry_texts (enquiry_id, kind);

-- A registration that is sent twice is made once, as an application is.
ALTER TABLE idempotency ADD COLUMN enquiry_id TEXT COLLATE "C";

CREATE TRIGGER enquiry_journal_is_never_changed BEFORE UPDATE OR DELETE ON enquiry_journal
    FOR EACH ROW EXECUTE FUNCTION journal_stands();
CREATE TRIGGER enquiry_journal_is_never_emptied BEFORE TRUNCATE ON enquiry_journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_stands();
