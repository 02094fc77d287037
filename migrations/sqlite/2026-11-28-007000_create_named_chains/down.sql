DROP TABLE audit_runs;
DROP TABLE log_links;
DROP TABLE log_waiting;
DROP TABLE log_particulars;
DROP TABLE log_entries;
