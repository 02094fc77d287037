-- 申请表附加项: what an agency asks on its form beside what the law lists; every version is kept, cases refer to theirs.

CREATE TABLE application_forms (
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    version   INTEGER NOT NULL CHECK (version >= 1),
    body      TEXT NOT NULL CHECK (length(body) <= 200000),
    laid_by   TEXT NOT NULL REFERENCES staff (id),
    laid_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (agency_id, version)
);
