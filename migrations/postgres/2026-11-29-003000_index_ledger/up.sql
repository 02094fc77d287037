-- The ledger lists what came to an agency, in the order in which it came.
CREATE INDEX cases_by_agency_arrived ON cases (agency_id, arrived_on, id);
