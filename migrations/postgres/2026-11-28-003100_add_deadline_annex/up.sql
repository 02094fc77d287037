-- Whether letters that name the last day of the reply carry the count of its days as an annex.
ALTER TABLE agencies ADD COLUMN deadline_annex BOOLEAN NOT NULL DEFAULT FALSE;
