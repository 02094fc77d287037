-- 办理轮次: from arrival to closing, and again from each decision that had the case answered anew. Computed from the journal; what
-- indicators are counted from. The rows of cases from before are made by the scheduler: working days are not for SQL to count.
CREATE TABLE case_rounds (
    case_id        TEXT COLLATE "C" NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    round          INTEGER NOT NULL CHECK (round >= 0),
    agency_id      TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    handler_id     TEXT COLLATE "C",
    channel        TEXT COLLATE "C" NOT NULL CHECK (length(channel) BETWEEN 1 AND 40),
    applicant_kind TEXT COLLATE "C" NOT NULL CHECK (length(applicant_kind) BETWEEN 1 AND 40),
    began_on       DATE NOT NULL,
    closed_on      DATE,
    outcome        TEXT COLLATE "C",
    late           BOOLEAN,
    days           INTEGER,
    extended       BOOLEAN NOT NULL,
    corrected      BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, round)
);
CREATE INDEX case_rounds_by_closed ON case_rounds (agency_id, closed_on, began_on);
CREATE INDEX case_rounds_by_began ON case_rounds (agency_id, began_on);
CREATE INDEX case_rounds_late ON case_rounds (agency_id, closed_on, case_id) WHERE late;

-- Working days that a closed round spent at each step.
CREATE TABLE case_steps (
    case_id   TEXT COLLATE "C" NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    round     INTEGER NOT NULL CHECK (round >= 0),
    step      TEXT COLLATE "C" NOT NULL CHECK (length(step) BETWEEN 1 AND 40),
    agency_id TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    closed_on DATE NOT NULL,
    days      INTEGER NOT NULL CHECK (days >= 0),
    PRIMARY KEY (case_id, round, step)
);
CREATE INDEX case_steps_by_closed ON case_steps (agency_id, closed_on, step, days);
