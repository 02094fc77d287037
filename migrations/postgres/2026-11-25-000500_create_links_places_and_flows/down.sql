DROP TABLE office_rules;
DROP TABLE fee_places;
DROP TABLE case_links;
ALTER TABLE cases DROP COLUMN matter;
