-- 救济渠道: where those sit before whom an agency's replies can be contested, as far as an administrator has said so: how to reach the
-- reconsideration body and the court that the agency's own row names, and who takes complaints about its disclosure work.

CREATE TABLE remedy_places (
    agency_id               TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES agencies (id),
    reconsideration_address TEXT,
    reconsideration_phone   TEXT,
    court_address           TEXT,
    court_online            TEXT,
    supervisor              TEXT,
    supervisor_address      TEXT,
    supervisor_phone        TEXT,
    supervisor_online       TEXT
);
