-- 标签: words by which an office sorts its cases. Beside the case, no part of its journal: they say nothing of what happened to it.

CREATE TABLE case_tags (
    case_id   TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    tag       TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 20),
    tagged_at TIMESTAMP NOT NULL,
    PRIMARY KEY (case_id, tag)
);
CREATE INDEX case_tags_by_tag ON case_tags (tag, case_id);

-- Who put which on and took which off.
CREATE TABLE case_tag_changes (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    case_id  TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    tag      TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 20),
    put_on   BOOLEAN NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    at       TIMESTAMP NOT NULL
);
CREATE INDEX case_tag_changes_by_case ON case_tag_changes (case_id, at);

-- What was asked for, where that is more than one case: the filters of an exported list.
ALTER TABLE access_log ADD COLUMN detail TEXT;
