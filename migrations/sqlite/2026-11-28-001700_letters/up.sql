-- How the numbers of an agency's letters are made; each kind of letter counts for itself.
ALTER TABLE agencies ADD COLUMN letter_pattern TEXT NOT NULL DEFAULT '{mark}公开{letter}〔{year}〕{serial}号' CHECK (length(letter_pattern) BETWEEN 1 AND 60);
