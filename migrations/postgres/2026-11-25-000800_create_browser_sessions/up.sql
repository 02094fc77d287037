-- 网页登录: sign-ins that live in a browser's cookie. Only the digest of the cookie is kept.

CREATE TABLE browser_sessions (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    staff_id   TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    digest     TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(digest) BETWEEN 1 AND 100),
    browser    TEXT NOT NULL CHECK (length(browser) <= 200),
    started_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP NOT NULL,
    ended_at   TIMESTAMP
);
CREATE INDEX browser_sessions_by_staff ON browser_sessions (staff_id, seen_at);
