DROP TABLE case_steps;
DROP TABLE case_rounds;
