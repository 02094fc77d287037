-- 证据包: bundles of evidence that were asked for. Each is a job until it is made; its bytes are a file of the case then.

CREATE TABLE bundles (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    case_id     TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    asked_by    TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    asked_at    TIMESTAMP NOT NULL,
    masked      BOOLEAN NOT NULL,
    -- Why it is not masked, as a code.
    reason_code TEXT COLLATE "C",
    -- waiting, working, ready, failed, removed.
    state       TEXT COLLATE "C" NOT NULL,
    done        INTEGER NOT NULL CHECK (done >= 0),
    total       INTEGER NOT NULL CHECK (total >= done),
    -- How often it was taken up: a job that is broken off again and again is given up.
    attempts    INTEGER NOT NULL CHECK (attempts >= 0),
    -- The instance that is at it, and until when it is its own, by the machine's time.
    held_by     TEXT COLLATE "C",
    held_until  TIMESTAMP,
    -- Under which its bytes lie; no foreign key, for the row of the file comes last.
    file_id     TEXT COLLATE "C",
    -- How many entries of the journal are in it.
    entries     INTEGER,
    size        BIGINT,
    -- The SHA-256 of the whole file.
    sha256      TEXT COLLATE "C",
    ended_at    TIMESTAMP,
    -- When it is taken away.
    expires_at  TIMESTAMP,
    fault_zh    TEXT,
    fault_en    TEXT,
    CHECK (masked OR reason_code IS NOT NULL)
);
CREATE INDEX bundles_of_case ON bundles (case_id, asked_at, id);
CREATE INDEX bundles_to_make ON bundles (asked_at, id) WHERE state IN ('waiting', 'working');
CREATE INDEX bundles_to_remove ON bundles (expires_at) WHERE state = 'ready';
