ALTER TABLE agencies DROP COLUMN automatic_lapse;
DROP TABLE scheduler_runs;
DROP TABLE scheduler_state;
DROP TABLE tasks;
DROP TABLE notice_texts;
DROP TABLE notice_choices;
DROP TABLE notices;
DROP TABLE milestones;
DROP TABLE timings;
