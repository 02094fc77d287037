-- 归档与销毁: holds, lists of files to be destroyed with what became of each, packages for an archive. No personal data, no free
-- text: numbers, days, codes, who.

CREATE TABLE legal_holds (
    case_id   TEXT COLLATE "C" NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    placed_by TEXT COLLATE "C",
    placed_at TIMESTAMP NOT NULL,
    lifted_by TEXT COLLATE "C",
    lifted_at TIMESTAMP,
    PRIMARY KEY (case_id, seq)
);
CREATE INDEX legal_holds_that_stand ON legal_holds (case_id) WHERE lifted_at IS NULL;

-- A certificate has its number from the day of approval; two lists never have one.
CREATE TABLE disposals (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id    TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('proposed', 'approved', 'done', 'dropped')),
    certificate  TEXT UNIQUE CHECK (length(certificate) BETWEEN 1 AND 100),
    proposed_by  TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    proposed_for TEXT COLLATE "C" REFERENCES staff (id),
    proposed_at  TIMESTAMP NOT NULL,
    decided_by   TEXT COLLATE "C" REFERENCES staff (id),
    decided_for  TEXT COLLATE "C" REFERENCES staff (id),
    decided_at   TIMESTAMP,
    done_at      TIMESTAMP
);
CREATE INDEX disposals_by_agency ON disposals (agency_id, proposed_at, id);
CREATE INDEX disposals_under_way ON disposals (id) WHERE state = 'approved';

-- objects: the files of the case whose bytes are still to be taken out of the store, known before their rows go.
CREATE TABLE disposal_items (
    disposal_id  TEXT COLLATE "C" NOT NULL REFERENCES disposals (id),
    case_id      TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    number       TEXT NOT NULL,
    closed_on    DATE NOT NULL,
    outcome      TEXT COLLATE "C" NOT NULL,
    term         TEXT COLLATE "C" NOT NULL,
    kept_until   DATE NOT NULL,
    struck_by    TEXT COLLATE "C" REFERENCES staff (id),
    struck_at    TIMESTAMP,
    struck_for   TEXT COLLATE "C",
    destroyed_at TIMESTAMP,
    head_seq     INTEGER,
    head         TEXT,
    objects      TEXT NOT NULL,
    swept_at     TIMESTAMP,
    fault        TEXT,
    PRIMARY KEY (disposal_id, case_id)
);
-- Two lists at once would both believe that they destroy it.
CREATE UNIQUE INDEX disposal_items_once ON disposal_items (case_id) WHERE struck_at IS NULL;
CREATE INDEX disposal_items_to_do ON disposal_items (disposal_id, case_id) WHERE struck_at IS NULL AND swept_at IS NULL;

CREATE TABLE archive_transfers (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id   TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    made_by     TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    made_at     TIMESTAMP NOT NULL,
    manifest    TEXT COLLATE "C",
    archive     TEXT CHECK (length(archive) BETWEEN 1 AND 200),
    receipt_no  TEXT CHECK (length(receipt_no) BETWEEN 1 AND 100),
    handed_on   DATE,
    recorded_by TEXT COLLATE "C" REFERENCES staff (id),
    recorded_at TIMESTAMP
);
CREATE INDEX archive_transfers_by_agency ON archive_transfers (agency_id, made_at, id);

CREATE TABLE archive_transfer_items (
    transfer_id TEXT COLLATE "C" NOT NULL REFERENCES archive_transfers (id),
    case_id     TEXT COLLATE "C" NOT NULL REFERENCES cases (id),
    number      TEXT NOT NULL,
    PRIMARY KEY (transfer_id, case_id)
);
CREATE INDEX archive_transfer_items_by_case ON archive_transfer_items (case_id);
