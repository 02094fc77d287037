-- 申请草稿: unfinished applications, sealed, found only by whoever has the code.

CREATE TABLE application_drafts (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id   TEXT NOT NULL REFERENCES agencies (id),
    code_digest TEXT NOT NULL UNIQUE CHECK (length(code_digest) = 64),
    wrapped     BLOB NOT NULL,
    sealed      BLOB NOT NULL,
    expires_on  DATE NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    saved_at    TIMESTAMP NOT NULL
);
CREATE INDEX application_drafts_by_expiry ON application_drafts (expires_on);
