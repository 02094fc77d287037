-- 附件: files of cases. The bytes lie in the store, part by part, under the digest of each part as it lies there; here stands
-- which parts they are. What a file is called and what its bytes are is sealed under the key of its case.

CREATE TABLE files (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    case_id      TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    -- receiving, complete (all bytes are there), kept (an entry of the journal speaks of it).
    state        TEXT COLLATE "C" NOT NULL,
    -- The file's own key, under the key of its case.
    wrapped      BYTEA NOT NULL,
    -- Its name while it is received; its name, size and the digest of its bytes once it is whole.
    sealed       BYTEA NOT NULL,
    -- Who of the staff sends it, or did the act that made it; none for the applicant and for the calendar.
    sent_by      TEXT COLLATE "C" REFERENCES staff (id),
    by_applicant BOOLEAN NOT NULL,
    size         BIGINT NOT NULL CHECK (size > 0),
    received     BIGINT NOT NULL CHECK (received >= 0 AND received <= size),
    -- The addresses of its parts, 32 bytes each, in their order.
    parts        BYTEA NOT NULL,
    format       TEXT,
    -- off (there is no scanner), waiting, clean, infected.
    scan         TEXT COLLATE "C" NOT NULL,
    scan_found   TEXT,
    begun_at     TIMESTAMP NOT NULL,
    completed_at TIMESTAMP,
    verified_at  TIMESTAMP,
    -- What was found wrong with its bytes when they were last verified.
    fault        TEXT
);
CREATE INDEX files_of_case ON files (case_id, begun_at, id);
CREATE INDEX files_waiting ON files (scan, begun_at) WHERE scan = 'waiting';
CREATE INDEX files_unfinished ON files (state, begun_at) WHERE state <> 'kept';
CREATE INDEX files_to_verify ON files (verified_at, id) WHERE state = 'kept';
