-- 日历变更: a year's calendar that was laid before those who keep the calendars, and what they decided. Kept for ever.

CREATE TABLE calendar_proposals (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    year        INTEGER NOT NULL,
    notice      TEXT NOT NULL CHECK (length(notice) BETWEEN 1 AND 200),
    body        TEXT NOT NULL,
    source      TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 20),
    stands_on   TIMESTAMP,
    proposed_by TEXT REFERENCES staff (id),
    proposed_at TIMESTAMP NOT NULL,
    decided_by  TEXT REFERENCES staff (id),
    decided_at  TIMESTAMP,
    decision    TEXT CHECK (decision IN ('confirmed', 'rejected', 'overtaken')),
    CHECK ((decision IS NULL) = (decided_at IS NULL)),
    CHECK (decision IS NULL OR decision <> 'confirmed' OR decided_by <> proposed_by OR proposed_by IS NULL)
);
CREATE INDEX calendar_proposals_by_time ON calendar_proposals (proposed_at, id);
CREATE INDEX calendar_proposals_by_year ON calendar_proposals (year, id);
