-- 待核对的申请: what looks as if a program had sent it is set aside until a person has looked at it.

-- held_at, held_for: when and why it was set aside. case_id: the case it became, so that its code shows the receipt.
ALTER TABLE application_drafts ADD COLUMN held_at TIMESTAMP;
ALTER TABLE application_drafts ADD COLUMN held_for TEXT;
ALTER TABLE application_drafts ADD COLUMN case_id TEXT;
CREATE INDEX application_drafts_held ON application_drafts (agency_id, held_at);

-- That one was discarded, by whom and why; nothing of what it said.
CREATE TABLE discarded_applications (
    draft_id     TEXT NOT NULL PRIMARY KEY CHECK (length(draft_id) = 36),
    agency_id    TEXT NOT NULL REFERENCES agencies (id),
    held_at      TIMESTAMP NOT NULL,
    held_for     TEXT NOT NULL,
    discarded_by TEXT NOT NULL REFERENCES staff (id),
    discarded_at TIMESTAMP NOT NULL,
    reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500)
);
CREATE INDEX discarded_applications_by_agency ON discarded_applications (agency_id, discarded_at);
