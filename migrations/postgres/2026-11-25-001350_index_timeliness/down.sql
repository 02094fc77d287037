DROP INDEX cases_replies_by_closed;
