ALTER TABLE agencies DROP COLUMN letter_pattern;
