DROP TABLE agency_history;
