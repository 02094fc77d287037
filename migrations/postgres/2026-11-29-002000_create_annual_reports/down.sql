DROP TABLE annual_reports;
DROP TABLE report_drafts;
DROP TABLE report_proceedings;
DROP TABLE report_cases;
