DROP TRIGGER log_particulars_are_never_changed ON log_particulars;
CREATE TRIGGER log_particulars_are_never_changed BEFORE UPDATE OR DELETE ON log_particulars
    FOR EACH ROW EXECUTE FUNCTION log_stands();
