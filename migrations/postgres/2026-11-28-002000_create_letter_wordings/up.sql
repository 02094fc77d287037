-- 文书格式: wordings of letters that an administrator has edited, each edition with the day from which it is used. An edit is a
-- further row, and so is going back to what is built in; an issued letter names the edition it was written by.

CREATE TABLE letter_wordings (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id      TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    kind           TEXT COLLATE "C" NOT NULL,
    -- What a reply or a lapse decides; empty for the others.
    outcome        TEXT COLLATE "C" NOT NULL,
    source         TEXT NOT NULL CHECK (length(source) <= 20000),
    built_in       BOOLEAN NOT NULL,
    effective_from DATE NOT NULL,
    changed_by     TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    changed_at     TIMESTAMP NOT NULL
);
CREATE INDEX letter_wordings_in_force ON letter_wordings (agency_id, kind, outcome, effective_from, changed_at);
