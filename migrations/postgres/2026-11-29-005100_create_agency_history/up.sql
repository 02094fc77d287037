-- 机关沿革: what was renamed, merged, split or succeeded, from which day, by which document. An entry that was recorded by mistake is
-- struck, with its reason, and stays.

CREATE TABLE agency_history (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id     TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('renamed', 'merged', 'split', 'succeeded')),
    on_day        DATE NOT NULL,
    -- Of a renaming: the name until the day before, and from the day on.
    old_name      TEXT,
    new_name      TEXT,
    -- Of the rest: who has its duties from the day on.
    successor_id  TEXT COLLATE "C" REFERENCES agencies (id),
    document      TEXT NOT NULL CHECK (length(document) BETWEEN 1 AND 500),
    recorded_by   TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    recorded_at   TIMESTAMP NOT NULL,
    struck_by     TEXT COLLATE "C" REFERENCES staff (id),
    struck_at     TIMESTAMP,
    struck_for    TEXT,
    CHECK ((kind = 'renamed') = (new_name IS NOT NULL)),
    CHECK ((kind = 'renamed') = (successor_id IS NULL))
);
CREATE INDEX agency_history_by_agency ON agency_history (agency_id, on_day, id);
CREATE INDEX agency_history_by_successor ON agency_history (successor_id, on_day) WHERE successor_id IS NOT NULL;
