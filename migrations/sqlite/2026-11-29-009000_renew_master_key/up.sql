-- A key may be wrapped anew under a new master key; what it seals, and whose it is, is never changed.
DROP TRIGGER log_particulars_are_never_changed;
CREATE TRIGGER log_particulars_are_never_changed BEFORE UPDATE OF entry_id, sealed ON log_particulars
BEGIN SELECT RAISE(ABORT, 'the particulars of an entry are never changed'); END;
