-- What two laptops set at once, and when somebody held a duty of the meeting.

CREATE TABLE contest (
  document INTEGER NOT NULL REFERENCES document (row),
  meeting  TEXT NOT NULL,
  noun     TEXT NOT NULL,
  id       TEXT NOT NULL,
  aspect   TEXT NOT NULL,
  versions TEXT NOT NULL,
  PRIMARY KEY (document, noun, id, aspect)
) STRICT, WITHOUT ROWID;
CREATE INDEX contest_by_meeting ON contest (meeting);

CREATE TABLE participant_moderating (
  owner INTEGER NOT NULL REFERENCES participant (row) ON DELETE CASCADE,
  began TEXT NOT NULL,
  ended TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, began)
) STRICT, WITHOUT ROWID;

CREATE TABLE participant_reporting (
  owner INTEGER NOT NULL REFERENCES participant (row) ON DELETE CASCADE,
  began TEXT NOT NULL,
  ended TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, began)
) STRICT, WITHOUT ROWID;
