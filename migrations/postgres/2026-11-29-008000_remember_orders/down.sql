ALTER TABLE idempotency DROP COLUMN order_id;
