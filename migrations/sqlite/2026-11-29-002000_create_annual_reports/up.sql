-- 年度报告: what table 三 and table 四 count of each case and proceeding, as their journals give it; what an agency enters for a year; and
-- the reports as they were frozen, restated and published.

CREATE TABLE report_cases (
    case_id        TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    agency_id      TEXT NOT NULL REFERENCES agencies (id),
    applicant_kind TEXT NOT NULL CHECK (length(applicant_kind) BETWEEN 1 AND 40),
    from_on        DATE NOT NULL,
    until_on       DATE,
    line           TEXT CHECK (length(line) BETWEEN 1 AND 10),
    fee_on         DATE,
    fee            BIGINT CHECK (fee >= 0),
    CHECK (until_on IS NULL OR until_on >= from_on),
    CHECK ((until_on IS NULL) = (line IS NULL)),
    CHECK ((fee_on IS NULL) = (fee IS NULL))
);
CREATE INDEX report_cases_by_from ON report_cases (agency_id, from_on, applicant_kind);
CREATE INDEX report_cases_by_until ON report_cases (agency_id, until_on, line, applicant_kind) WHERE until_on IS NOT NULL;
CREATE INDEX report_cases_by_fee ON report_cases (agency_id, fee_on, fee) WHERE fee_on IS NOT NULL;

CREATE TABLE report_proceedings (
    proceeding_id TEXT NOT NULL REFERENCES proceedings (id),
    part          INTEGER NOT NULL CHECK (part > 0),
    case_id       TEXT NOT NULL REFERENCES cases (id),
    agency_id     TEXT NOT NULL REFERENCES agencies (id),
    line          TEXT NOT NULL CHECK (length(line) BETWEEN 1 AND 40),
    from_on       DATE NOT NULL,
    until_on      DATE,
    cell          TEXT CHECK (length(cell) BETWEEN 1 AND 20),
    PRIMARY KEY (proceeding_id, part)
);
CREATE INDEX report_proceedings_by_from ON report_proceedings (agency_id, from_on, until_on);

CREATE TABLE report_drafts (
    agency_id  TEXT NOT NULL REFERENCES agencies (id),
    year       INTEGER NOT NULL CHECK (year BETWEEN 2008 AND 9999),
    version    INTEGER NOT NULL CHECK (version > 0),
    form       TEXT NOT NULL CHECK (length(form) BETWEEN 1 AND 10),
    two        TEXT NOT NULL,
    words      TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (agency_id, year)
);

CREATE TABLE annual_reports (
    id           TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id    TEXT NOT NULL REFERENCES agencies (id),
    year         INTEGER NOT NULL CHECK (year BETWEEN 2008 AND 9999),
    edition      INTEGER NOT NULL CHECK (edition > 0),
    origin       TEXT NOT NULL CHECK (length(origin) BETWEEN 1 AND 20),
    below        BOOLEAN NOT NULL,
    body         TEXT NOT NULL,
    digest       TEXT NOT NULL CHECK (length(digest) = 64),
    reason       TEXT,
    frozen_by    TEXT NOT NULL REFERENCES staff (id),
    frozen_at    TIMESTAMP NOT NULL,
    signed_by    TEXT REFERENCES staff (id),
    signed_at    TIMESTAMP,
    published_by TEXT REFERENCES staff (id),
    published_on DATE,
    UNIQUE (agency_id, year, edition)
);
CREATE INDEX annual_reports_published ON annual_reports (year, agency_id, edition) WHERE published_on IS NOT NULL;
