-- How many points each item has is kept, and not counted again after every line: among ten thousand points counting took
-- longer than all else that the desk asks.

-- Whether somebody has yet to say who spoke.
ALTER TABLE point ADD COLUMN unsettled INTEGER NOT NULL GENERATED ALWAYS AS
  (attribution IN ('unresolved', 'unknown') OR (attribution = 'untagged' AND continues = '')) VIRTUAL;

CREATE TABLE point_count (
  meeting   TEXT NOT NULL,
  item      TEXT NOT NULL,
  points    INTEGER NOT NULL,
  unsettled INTEGER NOT NULL,
  on_floor  INTEGER NOT NULL,
  PRIMARY KEY (meeting, item)
) STRICT, WITHOUT ROWID;

INSERT INTO point_count
  SELECT meeting, item, count(*), sum(unsettled), sum(basis = 'floor') FROM point WHERE deleted = 0 GROUP BY meeting, item;

CREATE TRIGGER point_comes AFTER INSERT ON point WHEN NEW.deleted = 0 BEGIN
  INSERT INTO point_count VALUES (NEW.meeting, NEW.item, 1, NEW.unsettled, NEW.basis = 'floor')
    ON CONFLICT (meeting, item) DO UPDATE SET
      points = points + 1, unsettled = unsettled + excluded.unsettled, on_floor = on_floor + excluded.on_floor;
END;

CREATE TRIGGER point_goes AFTER DELETE ON point WHEN OLD.deleted = 0 BEGIN
  UPDATE point_count SET
      points = points - 1, unsettled = unsettled - OLD.unsettled, on_floor = on_floor - (OLD.basis = 'floor')
    WHERE meeting = OLD.meeting AND item = OLD.item;
END;

-- Goes from where it was counted and comes where it counts now.
CREATE TRIGGER point_turns AFTER UPDATE OF meeting, item, deleted, attribution, continues, basis ON point
WHEN (OLD.meeting, OLD.item, OLD.deleted, OLD.unsettled, OLD.basis) IS NOT (NEW.meeting, NEW.item, NEW.deleted, NEW.unsettled, NEW.basis)
BEGIN
  UPDATE point_count SET
      points = points - 1, unsettled = unsettled - OLD.unsettled, on_floor = on_floor - (OLD.basis = 'floor')
    WHERE OLD.deleted = 0 AND meeting = OLD.meeting AND item = OLD.item;
  INSERT INTO point_count SELECT NEW.meeting, NEW.item, 1, NEW.unsettled, NEW.basis = 'floor' WHERE NEW.deleted = 0
    ON CONFLICT (meeting, item) DO UPDATE SET
      points = points + 1, unsettled = unsettled + excluded.unsettled, on_floor = on_floor + excluded.on_floor;
END;

-- Nothing is counted in it any longer: it finds an item's points, and a line writes less of it.
DROP INDEX point_by_item;
CREATE INDEX point_by_item ON point (meeting, item) WHERE deleted = 0;
