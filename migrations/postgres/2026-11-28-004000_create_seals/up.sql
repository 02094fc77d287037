-- 封存: one log over the heads of all journals (RFC 9162), and the seals signed over it. Nothing in it is ever changed.

CREATE TABLE seal_leaves (
    place       BIGINT PRIMARY KEY NOT NULL CHECK (place >= 0),
    -- Whose head: the id of a case, or the name of another chain.
    chain       TEXT COLLATE "C" NOT NULL CHECK (length(chain) BETWEEN 1 AND 36),
    seq         INTEGER NOT NULL CHECK (seq > 0),
    text        TEXT COLLATE "C" NOT NULL,
    algorithm   TEXT COLLATE "C" NOT NULL,
    hash        TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64)
);
CREATE INDEX seal_leaves_chain ON seal_leaves (chain, place);

-- Whole subtrees, so that a proof is read and not reckoned. What they say can be made again from the leaves.
CREATE TABLE seal_nodes (
    algorithm   TEXT COLLATE "C" NOT NULL,
    level       INTEGER NOT NULL CHECK (level >= 0),
    place       BIGINT NOT NULL CHECK (place >= 0),
    hash        TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (algorithm, level, place)
);

CREATE TABLE seals (
    number      BIGINT PRIMARY KEY NOT NULL CHECK (number > 0),
    made_at     TIMESTAMP NOT NULL,
    size        BIGINT NOT NULL CHECK (size >= 0),
    text        TEXT COLLATE "C" NOT NULL,
    signature   TEXT COLLATE "C" NOT NULL CHECK (length(signature) = 128),
    -- The right edge of the log at this seal: where the next goes on.
    frontier    TEXT COLLATE "C" NOT NULL
);

-- Up to which event each case is in the log. Only the sealer writes it, so no writer of cases waits for another.
CREATE TABLE sealed_heads (
    case_id     TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES cases (id),
    seq         INTEGER NOT NULL CHECK (seq > 0)
);

CREATE FUNCTION seal_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the seal log is never changed or shortened';
END;
$$;
CREATE TRIGGER seal_leaves_are_never_changed BEFORE UPDATE OR DELETE ON seal_leaves
    FOR EACH ROW EXECUTE FUNCTION seal_log_stands();
CREATE TRIGGER seal_leaves_are_never_emptied BEFORE TRUNCATE ON seal_leaves
    FOR EACH STATEMENT EXECUTE FUNCTION seal_log_stands();
CREATE TRIGGER seals_are_never_changed BEFORE UPDATE OR DELETE ON seals
    FOR EACH ROW EXECUTE FUNCTION seal_log_stands();
CREATE TRIGGER seals_are_never_emptied BEFORE TRUNCATE ON seals
    FOR EACH STATEMENT EXECUTE FUNCTION seal_log_stands();
