DROP TABLE bigrams;
DROP TABLE texts;
DROP TABLE people;
DROP TABLE destroyed_cases;
DROP TABLE case_keys;
