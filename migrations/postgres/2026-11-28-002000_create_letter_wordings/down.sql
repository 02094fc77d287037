DROP TABLE letter_wordings;
