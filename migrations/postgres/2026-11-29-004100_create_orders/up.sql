-- 督办: what somebody above asks of an agency, on a case or at large. The row is what its entries amount to; entries are only ever
-- added. No words here: those on a case are texts of the case and go with its key, the others are sealed each under its own key.
CREATE TABLE orders (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    number       TEXT NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 100),
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('order', 'rectification')),
    issuer_id    TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    agency_id    TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    case_id      TEXT COLLATE "C" REFERENCES cases (id),
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('awaiting', 'answered', 'closed', 'withdrawn')),
    version      INTEGER NOT NULL CHECK (version > 0),
    issued_by    TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    issued_on    DATE NOT NULL,
    first_due_on DATE NOT NULL,
    due_on       DATE NOT NULL,
    answered_on  DATE,
    late         BOOLEAN,
    closed_on    DATE,
    next_on      DATE
);
CREATE INDEX orders_by_agency ON orders (agency_id, id);
CREATE INDEX orders_by_agency_issued ON orders (agency_id, issued_on);
CREATE INDEX orders_by_agency_due ON orders (agency_id, first_due_on);
CREATE INDEX orders_awaiting ON orders (agency_id, due_on) WHERE state = 'awaiting';
CREATE INDEX orders_by_case ON orders (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX orders_to_look_at ON orders (next_on, id) WHERE next_on IS NOT NULL;

CREATE TABLE order_entries (
    order_id  TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    seq       INTEGER NOT NULL CHECK (seq > 0),
    at        TIMESTAMP NOT NULL,
    kind      TEXT COLLATE "C" NOT NULL CHECK (kind IN ('issued', 'answered', 'returned', 'closed', 'withdrawn')),
    staff_id  TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    absent_id TEXT COLLATE "C" REFERENCES staff (id),
    due_on    DATE,
    late      BOOLEAN,
    text_id   TEXT COLLATE "C",
    -- Files of cases that prove it, as JSON: ids only.
    files     TEXT NOT NULL,
    PRIMARY KEY (order_id, seq)
);

CREATE TABLE order_words (
    order_id TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    seq      INTEGER NOT NULL CHECK (seq > 0),
    wrapped  BYTEA NOT NULL,
    sealed   BYTEA NOT NULL,
    PRIMARY KEY (order_id, seq)
);

CREATE TRIGGER order_entries_are_never_changed BEFORE UPDATE OR DELETE ON order_entries
    FOR EACH ROW EXECUTE FUNCTION journal_stands();
CREATE TRIGGER order_entries_are_never_emptied BEFORE TRUNCATE ON order_entries
    FOR EACH STATEMENT EXECUTE FUNCTION journal_stands();
