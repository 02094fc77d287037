DROP TABLE archive_transfer_items;
DROP TABLE archive_transfers;
DROP TABLE disposal_items;
DROP TABLE disposals;
DROP TABLE legal_holds;
