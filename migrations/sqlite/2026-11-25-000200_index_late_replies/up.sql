-- 逾期答复: the few cases whose reply was late, by the day they were closed.
CREATE INDEX cases_late_by_closed ON cases (agency_id, closed_on, id) WHERE late;
