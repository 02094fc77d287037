DROP TABLE agency_duties;
