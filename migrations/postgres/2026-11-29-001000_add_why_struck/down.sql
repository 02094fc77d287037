ALTER TABLE proceedings DROP COLUMN struck;
