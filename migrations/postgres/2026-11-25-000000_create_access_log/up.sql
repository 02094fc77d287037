-- 查看留痕: who looked at what is masked, or at somebody's other cases. Rows are added and nothing else.
CREATE TABLE access_log (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    at            TIMESTAMP NOT NULL,
    staff_id      TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    case_id       TEXT COLLATE "C" REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    subject_index TEXT COLLATE "C",
    kind          TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    reason_code   TEXT COLLATE "C" CHECK (length(reason_code) BETWEEN 1 AND 40)
);
CREATE INDEX access_log_by_case ON access_log (case_id, at);
CREATE INDEX access_log_by_staff ON access_log (staff_id, at);

CREATE FUNCTION access_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of the access log is never changed or deleted';
END;
$$;
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION access_log_stands();
CREATE TRIGGER access_log_is_never_emptied BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_stands();
