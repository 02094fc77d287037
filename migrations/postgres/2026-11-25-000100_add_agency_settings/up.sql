-- 机关设置: what an agency is, how it numbers, and the choices that the law leaves to it.

ALTER TABLE agencies ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT 'department' CHECK (length(kind) BETWEEN 1 AND 40);
ALTER TABLE agencies ADD COLUMN org_code TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(org_code) <= 20);
ALTER TABLE agencies ADD COLUMN number_pattern TEXT NOT NULL DEFAULT '{mark}公开申〔{year}〕{serial}号' CHECK (length(number_pattern) BETWEEN 1 AND 60);
ALTER TABLE agencies ADD COLUMN reconsideration_online TEXT;
ALTER TABLE agencies ADD COLUMN explanation_window_days INTEGER NOT NULL DEFAULT 5 CHECK (explanation_window_days > 0);
ALTER TABLE agencies ADD COLUMN override_waiting_days INTEGER NOT NULL DEFAULT 5 CHECK (override_waiting_days >= 0);
ALTER TABLE agencies ADD COLUMN secrecy_stops_clock BOOLEAN NOT NULL DEFAULT FALSE;

-- An agency that stands already is what its level says, until an administrator says otherwise.
UPDATE agencies SET kind = CASE level
    WHEN 'province' THEN 'provincial_government'
    WHEN 'department' THEN 'department'
    ELSE 'local_government'
END;
