-- What ended in a span of days is counted by its agency: for the indicators.
CREATE INDEX enquiries_by_agency_closed ON enquiries (agency_id, closed_on) WHERE closed_on IS NOT NULL;
