DROP TABLE due_spans;
DROP TABLE journal;
DROP FUNCTION journal_stands;
DROP TABLE cases;
