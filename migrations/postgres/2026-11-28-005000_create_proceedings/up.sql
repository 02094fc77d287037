-- 复议、诉讼、投诉举报、监督检查: a file of its own for each, linked to the application. Its journal is what happened; the row is computed
-- from it. The head of its chain stands in the application's journal, so the seals cover it too.

CREATE TABLE proceedings (
    id                 TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    version            INTEGER NOT NULL CHECK (version > 0),
    case_id            TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    agency_id          TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    number             TEXT COLLATE "C" NOT NULL CHECK (length(number) BETWEEN 1 AND 100),
    kind               TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    level              TEXT COLLATE "C" NOT NULL CHECK (length(level) BETWEEN 1 AND 40),
    route              TEXT COLLATE "C",
    challenged         TEXT COLLATE "C" NOT NULL CHECK (length(challenged) BETWEEN 1 AND 40),
    letter_number      TEXT COLLATE "C",
    stage              TEXT COLLATE "C" NOT NULL CHECK (length(stage) BETWEEN 1 AND 40),
    handler_id         TEXT COLLATE "C" REFERENCES staff (id),
    began_on           DATE NOT NULL,
    received_on        DATE,
    due_on             DATE,
    due_provisional    BOOLEAN NOT NULL,
    due_clock          TEXT COLLATE "C",
    due_ours           BOOLEAN NOT NULL,
    judgment           TEXT COLLATE "C",
    decided_on         DATE,
    effect_on          DATE,
    overturned         BOOLEAN NOT NULL,
    reasons            TEXT COLLATE "C" NOT NULL,
    closed_on          DATE,
    -- The scheduler's own: through which day people were told, and when it looks again.
    told_on            DATE NOT NULL,
    next_on            DATE,
    created_at         TIMESTAMP NOT NULL,
    updated_at         TIMESTAMP NOT NULL,
    UNIQUE (agency_id, number)
);
CREATE INDEX proceedings_by_case ON proceedings (case_id, created_at);
CREATE INDEX proceedings_by_agency_due ON proceedings (agency_id, due_on, id);
CREATE INDEX proceedings_by_agency_began ON proceedings (agency_id, began_on, id);
CREATE INDEX proceedings_open_by_due ON proceedings (due_on, id) WHERE closed_on IS NULL;
CREATE INDEX proceedings_to_look_at ON proceedings (next_on, id) WHERE next_on IS NOT NULL;

CREATE TABLE proceeding_journal (
    proceeding_id TEXT COLLATE "C" NOT NULL REFERENCES proceedings (id) DEFERRABLE INITIALLY DEFERRED,
    seq           INTEGER NOT NULL CHECK (seq > 0),
    at            TIMESTAMP NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    version       INTEGER NOT NULL CHECK (version > 0),
    actor         TEXT NOT NULL,
    body          TEXT NOT NULL,
    algorithm     TEXT COLLATE "C" NOT NULL,
    previous      TEXT COLLATE "C" NOT NULL,
    hash          TEXT COLLATE "C" NOT NULL CHECK (length(hash) > 0),
    PRIMARY KEY (proceeding_id, seq)
);
CREATE TRIGGER proceeding_journal_is_never_changed BEFORE UPDATE OR DELETE ON proceeding_journal
    FOR EACH ROW EXECUTE FUNCTION journal_stands();
CREATE TRIGGER proceeding_journal_is_never_emptied BEFORE TRUNCATE ON proceeding_journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_stands();
