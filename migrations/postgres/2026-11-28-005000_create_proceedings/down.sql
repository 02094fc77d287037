DROP TABLE proceeding_journal;
DROP TABLE proceedings;
