ALTER TABLE access_log DROP COLUMN detail;
DROP TABLE case_tag_changes;
DROP TABLE case_tags;
