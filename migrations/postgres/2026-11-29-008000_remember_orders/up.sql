-- An order that was issued twice under one key is one order.
ALTER TABLE idempotency ADD COLUMN order_id TEXT COLLATE "C";
