-- A key may be wrapped anew under a new master key; what it seals, and whose it is, is never changed.
DROP TRIGGER log_particulars_are_never_changed ON log_particulars;
CREATE TRIGGER log_particulars_are_never_changed BEFORE UPDATE OF entry_id, sealed OR DELETE ON log_particulars
    FOR EACH ROW EXECUTE FUNCTION log_stands();
