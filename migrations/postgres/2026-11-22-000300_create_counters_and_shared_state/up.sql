-- 共用: what many instances must agree on, so it cannot live in one process.

-- A row is locked by whoever takes the next number, until that transaction ends: no gaps.
CREATE TABLE counters (
    agency_id TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    year      INTEGER NOT NULL,
    series    TEXT COLLATE "C" NOT NULL CHECK (length(series) BETWEEN 1 AND 60),
    value     BIGINT NOT NULL CHECK (value > 0),
    PRIMARY KEY (agency_id, year, series)
);

CREATE TABLE idempotency (
    scope          TEXT COLLATE "C" NOT NULL CHECK (length(scope) BETWEEN 1 AND 200),
    key            TEXT COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    request_digest TEXT COLLATE "C" NOT NULL,
    case_id        TEXT COLLATE "C" REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    status         INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
    created_at     TIMESTAMP NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);

CREATE TABLE attempts (
    subject      TEXT COLLATE "C" NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    window_start TIMESTAMP NOT NULL,
    count        BIGINT NOT NULL CHECK (count > 0),
    PRIMARY KEY (subject, window_start)
);
CREATE INDEX attempts_by_age ON attempts (window_start);

-- A year's calendar as it was known from an instant on; an amendment is a further row.
CREATE TABLE calendar_editions (
    year       INTEGER NOT NULL,
    known_from TIMESTAMP NOT NULL,
    notice     TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (year, known_from)
);

-- Fingerprints of the key files this database belongs to; the keys themselves are kept apart.
CREATE TABLE vault_keys (
    name        TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 60),
    fingerprint TEXT COLLATE "C" NOT NULL,
    created_at  TIMESTAMP NOT NULL
);
