ALTER TABLE idempotency DROP COLUMN enquiry_id;
DROP TABLE enquiry_texts;
DROP TABLE enquiry_keys;
DROP TABLE enquiry_journal;
DROP TABLE enquiries;
