DROP TRIGGER log_particulars_are_never_changed;
CREATE TRIGGER log_particulars_are_never_changed BEFORE UPDATE ON log_particulars
BEGIN SELECT RAISE(ABORT, 'the particulars of an entry are never changed'); END;
