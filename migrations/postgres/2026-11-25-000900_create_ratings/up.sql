-- 满意度评价: what an applicant thought of it once it was over. Beside the case, no part of its journal.

CREATE TABLE ratings (
    case_id      TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    agency_id    TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    satisfaction INTEGER NOT NULL CHECK (satisfaction BETWEEN 1 AND 5),
    comment      BYTEA,
    rated_at     TIMESTAMP NOT NULL,
    changed_at   TIMESTAMP NOT NULL CHECK (changed_at >= rated_at)
);
CREATE INDEX ratings_by_agency ON ratings (agency_id, rated_at, satisfaction);
