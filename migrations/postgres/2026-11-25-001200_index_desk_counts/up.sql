-- 工作台计数: open cases counted by stage, and those closed of late, from the index alone.
CREATE INDEX cases_by_agency_closed ON cases (agency_id, closed_on, stage, due_on, handler_id);
