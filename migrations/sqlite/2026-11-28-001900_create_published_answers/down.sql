DROP TABLE published_grams;
DROP TABLE published_answers;
