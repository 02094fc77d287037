-- 常用视图: lists of cases that a member of staff keeps under a name.

-- Every view has a place of its own: two writers at once cannot make one too many.
CREATE TABLE saved_views (
    staff_id   TEXT NOT NULL REFERENCES staff (id),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    place      INTEGER NOT NULL CHECK (place BETWEEN 1 AND 30),
    query      TEXT NOT NULL CHECK (length(query) <= 10000),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (staff_id, name),
    UNIQUE (staff_id, place)
);
