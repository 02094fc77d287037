-- 机关与人员. Ids are UUIDs as text, instants are UTC; see src/storage/types.rs.

CREATE TABLE agencies (
    id                     TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    parent_id              TEXT COLLATE "C" REFERENCES agencies (id),
    slug                   TEXT COLLATE "C" NOT NULL UNIQUE CHECK (slug = lower(slug) AND length(slug) BETWEEN 1 AND 64),
    name                   TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    level                  TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'department')),
    office_name            TEXT NOT NULL,
    office_address         TEXT NOT NULL,
    office_postcode        TEXT NOT NULL,
    office_phone           TEXT NOT NULL,
    office_fax             TEXT NOT NULL,
    office_email           TEXT NOT NULL,
    office_hours           TEXT NOT NULL,
    online_url             TEXT,
    automatic_confirmation BOOLEAN NOT NULL,
    confirmation_days      INTEGER NOT NULL CHECK (confirmation_days >= 0),
    correction_window_days INTEGER NOT NULL CHECK (correction_window_days > 0),
    other_agency_days      INTEGER NOT NULL CHECK (other_agency_days > 0),
    number_mark            TEXT NOT NULL CHECK (length(number_mark) BETWEEN 1 AND 40),
    reconsideration_body   TEXT NOT NULL CHECK (length(reconsideration_body) BETWEEN 1 AND 200),
    court                  TEXT NOT NULL CHECK (length(court) BETWEEN 1 AND 200),
    created_at             TIMESTAMP NOT NULL
);
CREATE INDEX agencies_by_parent ON agencies (parent_id, slug);

-- Every pair of an agency and one below it, itself included: who is supervised by whom in one lookup.
CREATE TABLE agency_tree (
    ancestor_id   TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    descendant_id TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    depth         INTEGER NOT NULL CHECK (depth >= 0),
    PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX agency_tree_upward ON agency_tree (descendant_id, depth);

CREATE TABLE staff (
    id                   TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    login                TEXT COLLATE "C" NOT NULL UNIQUE CHECK (login = lower(login) AND length(login) BETWEEN 1 AND 64),
    name                 TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    password_hash        TEXT NOT NULL,
    active               BOOLEAN NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    created_at           TIMESTAMP NOT NULL
);

CREATE TABLE staff_roles (
    staff_id   TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    agency_id  TEXT COLLATE "C" NOT NULL REFERENCES agencies (id),
    role       TEXT COLLATE "C" NOT NULL CHECK (length(role) BETWEEN 1 AND 40),
    granted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (staff_id, agency_id, role)
);
CREATE INDEX staff_roles_by_agency ON staff_roles (agency_id, role);

-- Only digests of tokens are kept. A family is one sign-in; a token used twice revokes its family.
CREATE TABLE refresh_tokens (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    family_id  TEXT COLLATE "C" NOT NULL CHECK (length(family_id) = 36),
    staff_id   TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    digest     TEXT COLLATE "C" NOT NULL UNIQUE,
    issued_at  TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_staff ON refresh_tokens (staff_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
