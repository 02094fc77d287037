DROP TABLE watchers;
DROP TABLE absences;
