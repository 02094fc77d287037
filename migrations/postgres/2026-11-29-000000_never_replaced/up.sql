-- Nothing is needed here: PostgreSQL has no INSERT OR REPLACE, and INSERT … ON CONFLICT DO UPDATE fires the triggers against change.
SELECT 1;
