DROP INDEX cases_by_agency_arrived;
