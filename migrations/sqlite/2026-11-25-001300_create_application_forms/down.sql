DROP TABLE application_forms;
