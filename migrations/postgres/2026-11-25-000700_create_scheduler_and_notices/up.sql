-- 计时与提醒: what is timed in each case, computed from its journal, and what was made of it.

-- `next_on` and `acts_on` say when the scheduler looks again; setting them on is how one instance claims a row.
CREATE TABLE timings (
    case_id   TEXT COLLATE "C" NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    seq       INTEGER NOT NULL CHECK (seq > 0),
    timed     TEXT COLLATE "C" NOT NULL CHECK (length(timed) BETWEEN 1 AND 40),
    part      INTEGER NOT NULL CHECK (part >= 0),
    agency_id TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    on_day    DATE NOT NULL,
    since_on  DATE NOT NULL,
    from_at   TIMESTAMP NOT NULL,
    to_at     TIMESTAMP,
    by_act    BOOLEAN NOT NULL,
    next_on   DATE,
    acts_on   DATE,
    PRIMARY KEY (case_id, seq, timed, part),
    CHECK (to_at IS NULL OR to_at >= from_at)
);
CREATE INDEX timings_current ON timings (case_id, timed, part) WHERE to_at IS NULL;
CREATE INDEX timings_to_be_told ON timings (next_on, case_id) WHERE next_on IS NOT NULL;
CREATE INDEX timings_to_be_acted_on ON timings (acts_on, case_id) WHERE acts_on IS NOT NULL;
CREATE INDEX timings_current_by_day ON timings (timed, agency_id, on_day, case_id) WHERE to_at IS NULL;

-- Each at most once, whichever instance, however often it is asked.
CREATE TABLE milestones (
    case_id     TEXT COLLATE "C" NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    timed       TEXT COLLATE "C" NOT NULL CHECK (length(timed) BETWEEN 1 AND 40),
    part        INTEGER NOT NULL CHECK (part >= 0),
    on_day      DATE NOT NULL,
    milestone   TEXT COLLATE "C" NOT NULL CHECK (length(milestone) BETWEEN 1 AND 40),
    fell_on     DATE NOT NULL,
    told        TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (case_id, timed, part, on_day, milestone)
);

-- 通知: what goes out by mail. References only; the words are written when it is sent.
CREATE TABLE notices (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    cause         TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(cause) BETWEEN 1 AND 200),
    kind          TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    agency_id     TEXT COLLATE "C" REFERENCES agencies (id),
    case_id       TEXT COLLATE "C" REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    seq           INTEGER,
    staff_id      TEXT COLLATE "C" REFERENCES staff (id),
    person_id     TEXT COLLATE "C",
    facts         TEXT COLLATE "C" NOT NULL,
    fell_on       DATE NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    state         TEXT COLLATE "C" NOT NULL CHECK (length(state) BETWEEN 1 AND 20),
    in_digest     BOOLEAN NOT NULL,
    digest_id     TEXT COLLATE "C",
    not_before    TIMESTAMP NOT NULL,
    attempts      INTEGER NOT NULL CHECK (attempts >= 0),
    first_tried_at TIMESTAMP,
    claimed_by    TEXT COLLATE "C",
    claimed_until TIMESTAMP,
    settled_at    TIMESTAMP,
    fault         TEXT COLLATE "C" CHECK (length(fault) <= 60),
    CHECK (staff_id IS NULL OR person_id IS NULL)
);
CREATE INDEX notices_waiting ON notices (not_before, fell_on, id) WHERE state = 'waiting' AND NOT in_digest;
CREATE INDEX notices_for_digests ON notices (staff_id, fell_on, id) WHERE state = 'waiting' AND in_digest;
CREATE INDEX notices_by_case ON notices (case_id, created_at, id);
CREATE INDEX notices_by_digest ON notices (digest_id, id) WHERE digest_id IS NOT NULL;
CREATE INDEX notices_by_state ON notices (state, id);

-- What each member of staff has chosen; without a row, what the kinds of notices have by default.
CREATE TABLE notice_choices (
    staff_id   TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES staff (id),
    email      TEXT COLLATE "C" NOT NULL CHECK (length(email) <= 200),
    language   TEXT COLLATE "C" NOT NULL CHECK (length(language) BETWEEN 2 AND 10),
    any_hour   BOOLEAN NOT NULL,
    choices    TEXT COLLATE "C" NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

-- Wordings that an administrator put in the place of those built in; an edited wording is a further row.
CREATE TABLE notice_texts (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    agency_id  TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    kind       TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    language   TEXT COLLATE "C" NOT NULL CHECK (length(language) BETWEEN 2 AND 10),
    subject    TEXT COLLATE "C" NOT NULL,
    text       TEXT COLLATE "C" NOT NULL,
    html       TEXT COLLATE "C" NOT NULL,
    built_in   BOOLEAN NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    changed_at TIMESTAMP NOT NULL
);
CREATE INDEX notice_texts_by_kind ON notice_texts (agency_id, kind, language, changed_at);

-- 待办: what somebody must see to beside the steps of the law.
CREATE TABLE tasks (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    case_id    TEXT COLLATE "C" NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    agency_id  TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    kind       TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    notice_id  TEXT COLLATE "C" UNIQUE REFERENCES notices (id),
    raised_at  TIMESTAMP NOT NULL,
    done_at    TIMESTAMP,
    done_by    TEXT COLLATE "C" REFERENCES staff (id),
    remark     TEXT COLLATE "C" CHECK (length(remark) BETWEEN 1 AND 60)
);
CREATE INDEX tasks_by_case ON tasks (case_id, raised_at, id);
CREATE INDEX tasks_open ON tasks (agency_id, raised_at, id) WHERE done_at IS NULL;

-- 调度: what ran, where, and what it found.
CREATE TABLE scheduler_state (
    reconciler  TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(reconciler) BETWEEN 1 AND 40),
    through_at  TIMESTAMP NOT NULL,
    ran_at      TIMESTAMP NOT NULL,
    failed_at   TIMESTAMP,
    fault       TEXT COLLATE "C",
    held_by     TEXT COLLATE "C",
    held_until  TIMESTAMP
);

CREATE TABLE scheduler_runs (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    reconciler TEXT COLLATE "C" NOT NULL CHECK (length(reconciler) BETWEEN 1 AND 40),
    instance   TEXT COLLATE "C" NOT NULL CHECK (length(instance) BETWEEN 1 AND 100),
    began_at   TIMESTAMP NOT NULL,
    ended_at   TIMESTAMP NOT NULL,
    looked_at  BIGINT NOT NULL CHECK (looked_at >= 0),
    changed    BIGINT NOT NULL CHECK (changed >= 0),
    failed     BIGINT NOT NULL CHECK (failed >= 0),
    report     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX scheduler_runs_by_age ON scheduler_runs (began_at, id);

-- Whether a lapse that nobody decided on within the rules' days is found by the calendar itself. Off unless switched on.
ALTER TABLE agencies ADD COLUMN automatic_lapse BOOLEAN NOT NULL DEFAULT FALSE;
