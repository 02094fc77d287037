-- Why a file was closed without an outcome: one that was opened by mistake never was a proceeding.
ALTER TABLE proceedings ADD COLUMN struck TEXT;
UPDATE proceedings SET struck = (
    SELECT json_extract(j.body, '$.event.reason') FROM proceeding_journal j
    WHERE j.proceeding_id = proceedings.id AND j.kind = 'closed' ORDER BY j.seq DESC LIMIT 1
) WHERE closed_on IS NOT NULL;
