-- 查看留痕: who looked at what is masked, or at somebody's other cases. Rows are added and nothing else.
CREATE TABLE access_log (
    id            TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    at            TIMESTAMP NOT NULL,
    staff_id      TEXT NOT NULL REFERENCES staff (id),
    case_id       TEXT REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    subject_index TEXT,
    kind          TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    reason_code   TEXT CHECK (length(reason_code) BETWEEN 1 AND 40)
);
CREATE INDEX access_log_by_case ON access_log (case_id, at);
CREATE INDEX access_log_by_staff ON access_log (staff_id, at);

CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE ON access_log
BEGIN
    SELECT RAISE(ABORT, 'a row of the access log is never changed');
END;
CREATE TRIGGER access_log_is_never_shortened BEFORE DELETE ON access_log
BEGIN
    SELECT RAISE(ABORT, 'a row of the access log is never deleted');
END;
-- INSERT OR REPLACE deletes without firing the trigger above; this one fires before it comes to that.
CREATE TRIGGER access_log_is_never_replaced BEFORE INSERT ON access_log
WHEN EXISTS (SELECT 1 FROM access_log WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a row of the access log is never replaced');
END;
