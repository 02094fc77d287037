ALTER TABLE agencies DROP COLUMN secrecy_stops_clock;
ALTER TABLE agencies DROP COLUMN override_waiting_days;
ALTER TABLE agencies DROP COLUMN explanation_window_days;
ALTER TABLE agencies DROP COLUMN reconsideration_online;
ALTER TABLE agencies DROP COLUMN number_pattern;
ALTER TABLE agencies DROP COLUMN org_code;
ALTER TABLE agencies DROP COLUMN kind;
