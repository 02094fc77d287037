-- 机关职责: what an agency is there for, so that people find the one to ask.

-- plain: the duty in small letters and half-width forms, as it is looked through.
CREATE TABLE agency_duties (
    agency_id TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    place     INTEGER NOT NULL CHECK (place BETWEEN 1 AND 100),
    duty      TEXT COLLATE "C" NOT NULL CHECK (length(duty) BETWEEN 1 AND 200),
    plain     TEXT COLLATE "C" NOT NULL CHECK (length(plain) > 0),
    PRIMARY KEY (agency_id, place)
);
