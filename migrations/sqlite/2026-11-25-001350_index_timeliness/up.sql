-- Replies by the day they were served, for the share that came in time.
CREATE INDEX cases_replies_by_closed ON cases (agency_id, closed_on, late) WHERE late IS NOT NULL;
