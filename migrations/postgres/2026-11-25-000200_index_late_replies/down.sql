DROP INDEX cases_late_by_closed;
