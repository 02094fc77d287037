-- 案件: the journal is what happened; cases and due_spans are computed from it.

CREATE TABLE cases (
    id                 TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    version            INTEGER NOT NULL CHECK (version > 0),
    agency_id          TEXT NOT NULL REFERENCES agencies (id),
    receipt_no         TEXT NOT NULL UNIQUE CHECK (length(receipt_no) BETWEEN 1 AND 64),
    number             TEXT CHECK (length(number) BETWEEN 1 AND 100),
    channel            TEXT NOT NULL CHECK (length(channel) BETWEEN 1 AND 40),
    applicant_kind     TEXT NOT NULL CHECK (length(applicant_kind) BETWEEN 1 AND 40),
    stage              TEXT NOT NULL CHECK (length(stage) BETWEEN 1 AND 40),
    handler_id         TEXT REFERENCES staff (id),
    arrived_on         DATE NOT NULL,
    received_on        DATE,
    registered_on      DATE,
    due_on             DATE,
    last_defensible_on DATE,
    due_provisional    BOOLEAN NOT NULL,
    due_clock          TEXT,
    extended           BOOLEAN NOT NULL,
    outcome            TEXT,
    closed_on          DATE,
    late               BOOLEAN,
    query_generation   INTEGER NOT NULL CHECK (query_generation >= 0),
    created_at         TIMESTAMP NOT NULL,
    updated_at         TIMESTAMP NOT NULL,
    UNIQUE (agency_id, number)
);
CREATE INDEX cases_by_agency_stage ON cases (agency_id, stage, due_on, id);
CREATE INDEX cases_by_agency_due ON cases (agency_id, due_on, id);
CREATE INDEX cases_by_agency_created ON cases (agency_id, created_at, id);
CREATE INDEX cases_by_agency_received ON cases (agency_id, received_on, id);
CREATE INDEX cases_by_handler_due ON cases (handler_id, due_on, id);
-- Lists over very many agencies: one walk in order instead of a sort of all.
CREATE INDEX cases_open_by_due ON cases (due_on, id) WHERE closed_on IS NULL;
CREATE INDEX cases_by_created ON cases (created_at, id);

-- The unique key is what keeps two writers from both appending the next event.
CREATE TABLE journal (
    case_id   TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    seq       INTEGER NOT NULL CHECK (seq > 0),
    at        TIMESTAMP NOT NULL,
    kind      TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    version   INTEGER NOT NULL CHECK (version > 0),
    actor     TEXT NOT NULL,
    body      TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    previous  TEXT NOT NULL,
    hash      TEXT NOT NULL CHECK (length(hash) > 0),
    PRIMARY KEY (case_id, seq)
);
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'a journal row is never changed');
END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'a journal row is never deleted');
END;
-- INSERT OR REPLACE deletes without firing the trigger above; this one fires before it comes to that.
CREATE TRIGGER journal_is_never_replaced BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE case_id = NEW.case_id AND seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'a journal row is never replaced');
END;

-- What was due when, from one instant to another: answers "as of any date" exactly.
CREATE TABLE due_spans (
    case_id     TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    seq         INTEGER NOT NULL CHECK (seq > 0),
    agency_id   TEXT NOT NULL REFERENCES agencies (id),
    handler_id  TEXT REFERENCES staff (id),
    stage       TEXT NOT NULL,
    clock       TEXT NOT NULL,
    due_on      DATE NOT NULL,
    provisional BOOLEAN NOT NULL,
    from_at     TIMESTAMP NOT NULL,
    to_at       TIMESTAMP,
    PRIMARY KEY (case_id, seq),
    CHECK (to_at IS NULL OR to_at >= from_at)
);
-- At most one span of a case is current.
CREATE UNIQUE INDEX due_spans_current ON due_spans (case_id) WHERE to_at IS NULL;
CREATE INDEX due_spans_current_by_due ON due_spans (agency_id, due_on, case_id) WHERE to_at IS NULL;
CREATE INDEX due_spans_past_by_end ON due_spans (agency_id, to_at, due_on) WHERE to_at IS NOT NULL;
