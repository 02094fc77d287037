-- Documents that answer an order to an agency at large: it has no case whose files could prove it. Each is sealed under its own key.
CREATE TABLE order_papers (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    order_id TEXT NOT NULL REFERENCES orders (id),
    -- The answer that names it; none while it is on its way.
    seq      INTEGER CHECK (seq > 0),
    sent_by  TEXT NOT NULL REFERENCES staff (id),
    sent_at  TIMESTAMP NOT NULL,
    format   TEXT NOT NULL,
    size     BIGINT NOT NULL CHECK (size > 0),
    wrapped  BLOB NOT NULL,
    name     BLOB NOT NULL,
    content  BLOB NOT NULL
);
CREATE INDEX order_papers_by_order ON order_papers (order_id, id);
