-- 请假代理与关注: who stands in for whom, and who follows which case.

CREATE TABLE absences (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    staff_id    TEXT NOT NULL REFERENCES staff (id),
    delegate_id TEXT NOT NULL REFERENCES staff (id) CHECK (delegate_id <> staff_id),
    from_on     DATE NOT NULL,
    to_on       DATE NOT NULL CHECK (to_on >= from_on),
    note_code   TEXT CHECK (length(note_code) BETWEEN 1 AND 60),
    created_at  TIMESTAMP NOT NULL,
    created_by  TEXT NOT NULL REFERENCES staff (id)
);
CREATE INDEX absences_by_staff ON absences (staff_id, to_on);
CREATE INDEX absences_by_delegate ON absences (delegate_id, to_on);

CREATE TABLE watchers (
    case_id  TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    muted    BOOLEAN NOT NULL,
    since    TIMESTAMP NOT NULL,
    PRIMARY KEY (case_id, staff_id)
);
CREATE INDEX watchers_by_staff ON watchers (staff_id, case_id);
