DROP TABLE discarded_applications;
DROP INDEX application_drafts_held;
ALTER TABLE application_drafts DROP COLUMN case_id;
ALTER TABLE application_drafts DROP COLUMN held_for;
ALTER TABLE application_drafts DROP COLUMN held_at;
