-- 复议、诉讼、投诉举报、监督检查: a file of its own for each, linked to the application. Its journal is what happened; the row is computed
-- from it. The head of its chain stands in the application's journal, so the seals cover it too.

CREATE TABLE proceedings (
    id                 TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    version            INTEGER NOT NULL CHECK (version > 0),
    case_id            TEXT NOT NULL REFERENCES cases (id),
    agency_id          TEXT NOT NULL REFERENCES agencies (id),
    number             TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 100),
    kind               TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    level              TEXT NOT NULL CHECK (length(level) BETWEEN 1 AND 40),
    route              TEXT,
    challenged         TEXT NOT NULL CHECK (length(challenged) BETWEEN 1 AND 40),
    letter_number      TEXT,
    stage              TEXT NOT NULL CHECK (length(stage) BETWEEN 1 AND 40),
    handler_id         TEXT REFERENCES staff (id),
    began_on           DATE NOT NULL,
    received_on        DATE,
    due_on             DATE,
    due_provisional    BOOLEAN NOT NULL,
    due_clock          TEXT,
    due_ours           BOOLEAN NOT NULL,
    judgment           TEXT,
    decided_on         DATE,
    effect_on          DATE,
    overturned         BOOLEAN NOT NULL,
    reasons            TEXT NOT NULL,
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
    proceeding_id TEXT NOT NULL REFERENCES proceedings (id) DEFERRABLE INITIALLY DEFERRED,
    seq           INTEGER NOT NULL CHECK (seq > 0),
    at            TIMESTAMP NOT NULL,
    kind          TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    version       INTEGER NOT NULL CHECK (version > 0),
    actor         TEXT NOT NULL,
    body          TEXT NOT NULL,
    algorithm     TEXT NOT NULL,
    previous      TEXT NOT NULL,
    hash          TEXT NOT NULL CHECK (length(hash) > 0),
    PRIMARY KEY (proceeding_id, seq)
);
CREATE TRIGGER proceeding_journal_is_never_changed BEFORE UPDATE ON proceeding_journal
BEGIN
    SELECT RAISE(ABORT, 'a journal row is never changed');
END;
CREATE TRIGGER proceeding_journal_is_never_shortened BEFORE DELETE ON proceeding_journal
BEGIN
    SELECT RAISE(ABORT, 'a journal row is never deleted');
END;
CREATE TRIGGER proceeding_journal_is_never_replaced BEFORE INSERT ON proceeding_journal
WHEN EXISTS (SELECT 1 FROM proceeding_journal WHERE proceeding_id = NEW.proceeding_id AND seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'a journal row is never replaced');
END;
