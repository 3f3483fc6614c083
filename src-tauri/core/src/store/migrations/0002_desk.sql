-- What the desk counts after every line comes from indexes alone.

DROP INDEX point_by_item;
CREATE INDEX point_by_item ON point (meeting, item, attribution, continues, basis) WHERE deleted = 0;
CREATE INDEX point_without_words ON point (meeting, "order", id) WHERE deleted = 0 AND "text" = '';

-- A point is found by its document and its id; a second index for its id alone cost a page a line.
DROP INDEX point_by_id;

-- The registers go through the actions and decisions of all meetings, which are few among the points.
CREATE INDEX point_of_register ON point (kind, meeting) WHERE kind IN ('action', 'decision') AND deleted = 0;

-- What the full-text index has yet to take in: a search takes it in first, and a line does not wait for it. Numbers
-- begin anew whenever it is empty.
CREATE TABLE search_pending (
  row      INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  noun     TEXT NOT NULL,
  id       TEXT NOT NULL
) STRICT;
