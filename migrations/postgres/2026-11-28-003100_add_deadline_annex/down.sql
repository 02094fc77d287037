ALTER TABLE agencies DROP COLUMN deadline_annex;
