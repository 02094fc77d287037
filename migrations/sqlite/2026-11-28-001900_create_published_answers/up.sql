-- 已公开的答复: what was asked for and has been published since (条例 art. 44), for everybody to find before they ask again.
-- In the clear, for it is public; it says nothing of who asked.

CREATE TABLE published_answers (
    case_id      TEXT NOT NULL PRIMARY KEY REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    agency_id    TEXT NOT NULL REFERENCES agencies (id),
    title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    summary      TEXT NOT NULL CHECK (length(summary) <= 2000),
    place        TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 2000),
    published_on DATE NOT NULL,
    sufficed     INTEGER NOT NULL CHECK (sufficed >= 0)
);
CREATE INDEX published_answers_by_day ON published_answers (published_on, case_id);
CREATE INDEX published_answers_by_agency ON published_answers (agency_id, published_on, case_id);

CREATE TABLE published_grams (
    gram    TEXT NOT NULL CHECK (length(gram) = 2),
    case_id TEXT NOT NULL REFERENCES published_answers (case_id),
    PRIMARY KEY (gram, case_id)
);
CREATE INDEX published_grams_by_case ON published_grams (case_id);
