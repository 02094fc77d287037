-- INSERT OR REPLACE deletes without firing a trigger against deletion; these fire before it comes to that.
CREATE TRIGGER seal_leaves_are_never_replaced BEFORE INSERT ON seal_leaves
WHEN EXISTS (SELECT 1 FROM seal_leaves WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'a leaf of the seal log is never replaced'); END;
CREATE TRIGGER seals_are_never_replaced BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a seal is never replaced'); END;
CREATE TRIGGER log_particulars_are_never_replaced BEFORE INSERT ON log_particulars
WHEN EXISTS (SELECT 1 FROM log_particulars WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'the particulars of an entry are never replaced'); END;
