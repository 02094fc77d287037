-- 办理: what binds cases together, the places of the fee, and each office's own rules.

ALTER TABLE cases ADD COLUMN matter TEXT NOT NULL DEFAULT 'disclosure' CHECK (length(matter) BETWEEN 1 AND 40);

-- From the journals: links and splits, seen from either side.
CREATE TABLE case_links (
    case_id  TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    seq      INTEGER NOT NULL CHECK (seq > 0),
    other_id TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    link     TEXT NOT NULL CHECK (length(link) BETWEEN 1 AND 40),
    PRIMARY KEY (case_id, seq, other_id)
);
CREATE INDEX case_links_by_other ON case_links (other_id, case_id);

-- Which place of a month an applicant's charged item has. The key is what keeps two cases from taking the same place.
CREATE TABLE fee_places (
    agency_id       TEXT NOT NULL REFERENCES agencies (id),
    applicant_index TEXT NOT NULL CHECK (length(applicant_index) BETWEEN 1 AND 128),
    month           DATE NOT NULL,
    place           INTEGER NOT NULL CHECK (place > 0),
    case_id         TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (agency_id, applicant_index, month, place)
);
CREATE INDEX fee_places_by_case ON fee_places (case_id);

-- What an office has laid down as rules of its own, as JSON: its way of approval, to whom its applications go.
CREATE TABLE office_rules (
    agency_id  TEXT NOT NULL REFERENCES agencies (id),
    kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    body       TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (agency_id, kind)
);
