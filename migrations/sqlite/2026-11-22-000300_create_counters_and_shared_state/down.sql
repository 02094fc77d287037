DROP TABLE vault_keys;
DROP TABLE calendar_editions;
DROP TABLE attempts;
DROP TABLE idempotency;
DROP TABLE counters;
