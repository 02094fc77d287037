-- 密封内容: content under each case's own key, what finds it, and the list of the destroyed.

CREATE TABLE case_keys (
    case_id    TEXT NOT NULL PRIMARY KEY REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    wrapped    BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- Restoring a backup replays this list, so no foreign key: it may name a case the backup never had.
CREATE TABLE destroyed_cases (
    case_id      TEXT NOT NULL PRIMARY KEY CHECK (length(case_id) = 36),
    destroyed_at TIMESTAMP NOT NULL,
    reason_code  TEXT NOT NULL CHECK (length(reason_code) BETWEEN 1 AND 60)
);

CREATE TABLE people (
    id             TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    case_id        TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    part           TEXT NOT NULL CHECK (length(part) BETWEEN 1 AND 40),
    sealed         BLOB NOT NULL,
    name_index     TEXT NOT NULL,
    identity_index TEXT,
    phone_index    TEXT,
    email_index    TEXT,
    created_at     TIMESTAMP NOT NULL
);
CREATE INDEX people_by_case ON people (case_id, created_at, id);
CREATE INDEX people_by_name ON people (name_index);
CREATE INDEX people_by_identity ON people (identity_index);
CREATE INDEX people_by_phone ON people (phone_index);
CREATE INDEX people_by_email ON people (email_index);

CREATE TABLE texts (
    id         TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    case_id    TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    sealed     BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX texts_by_case ON texts (case_id, created_at, id);

-- The one place where words of a text can be guessed in the clear; a setting leaves it empty.
CREATE TABLE bigrams (
    gram    TEXT NOT NULL CHECK (length(gram) BETWEEN 1 AND 64),
    case_id TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (gram, case_id)
) WITHOUT ROWID;
CREATE INDEX bigrams_by_case ON bigrams (case_id);
