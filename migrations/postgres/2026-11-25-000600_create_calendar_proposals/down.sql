DROP TABLE calendar_proposals;
