DROP TABLE due_spans;
DROP TABLE journal;
DROP TABLE cases;
