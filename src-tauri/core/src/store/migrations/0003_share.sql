-- Meetings that are shared with other laptops. Who belongs to one (statements) and the signatures of what was written
-- (parcels) are kept beside the change log, so that any laptop can hand everything on.
--
-- Keys are in here: the file is as secret as its meetings. What nothing else could prove carries a checksum.

-- Who this archive is to others: made when it shares or joins for the first time.
CREATE TABLE identity (
  row     INTEGER NOT NULL PRIMARY KEY CHECK (row = 1),
  signing BLOB NOT NULL,
  box     BLOB NOT NULL,
  sum     INTEGER NOT NULL
) STRICT;

-- A shared meeting, and who this archive is in it.
CREATE TABLE share (
  meeting     TEXT NOT NULL PRIMARY KEY,
  me          TEXT NOT NULL,
  role        TEXT NOT NULL,
  standing    TEXT NOT NULL DEFAULT 'good',
  owner       TEXT NOT NULL,
  owner_key   BLOB NOT NULL,
  first_key   BLOB NOT NULL,
  servers     TEXT NOT NULL DEFAULT '[]',
  credentials TEXT NOT NULL DEFAULT '',
  authority   TEXT NOT NULL DEFAULT '',
  sum         INTEGER NOT NULL,
  contact     TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- How far each document's changes were put into parcels; -1 = it must be found out.
CREATE TABLE share_packed (
  meeting TEXT NOT NULL REFERENCES share (meeting),
  lane    TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (meeting, lane)
) STRICT, WITHOUT ROWID;

-- The keys that messages are sealed with.
CREATE TABLE share_key (
  meeting  TEXT NOT NULL REFERENCES share (meeting),
  internal INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  key      BLOB NOT NULL,
  sum      INTEGER NOT NULL,
  PRIMARY KEY (meeting, internal, epoch, key)
) STRICT, WITHOUT ROWID;

-- The secrets of invitations that were made here, so that their text can be shown again.
CREATE TABLE share_invitation (
  meeting TEXT NOT NULL REFERENCES share (meeting),
  secret  BLOB NOT NULL,
  sum     INTEGER NOT NULL,
  PRIMARY KEY (meeting, secret)
) STRICT, WITHOUT ROWID;

CREATE TABLE share_statement (
  row     INTEGER PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES share (meeting),
  epoch   INTEGER NOT NULL,
  bytes   BLOB NOT NULL,
  sum     INTEGER NOT NULL
) STRICT;
CREATE INDEX share_statement_by_meeting ON share_statement (meeting);

-- A signed list of changes: their numbers in the change log, eight bytes each.
CREATE TABLE share_parcel (
  row       INTEGER PRIMARY KEY,
  meeting   TEXT NOT NULL REFERENCES share (meeting),
  lane      TEXT NOT NULL,
  author    TEXT NOT NULL,
  epoch     INTEGER NOT NULL,
  signature BLOB NOT NULL,
  seqs      BLOB NOT NULL,
  sum       INTEGER NOT NULL
) STRICT;
CREATE INDEX share_parcel_by_author ON share_parcel (meeting, author);

-- Every message that this archive holds and can publish: a statement, a parcel, or a piece of one.
CREATE TABLE share_message (
  meeting TEXT NOT NULL REFERENCES share (meeting),
  id      BLOB NOT NULL,
  lane    TEXT NOT NULL,
  source  INTEGER NOT NULL,
  piece   INTEGER NOT NULL DEFAULT 0,
  pieces  INTEGER NOT NULL DEFAULT 1,
  sent    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (meeting, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX share_message_unsent ON share_message (meeting, source) WHERE sent = 0;

-- Whose changes an actor's are, and the last of them.
CREATE TABLE share_actor (
  meeting TEXT NOT NULL REFERENCES share (meeting),
  lane    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  author  TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (meeting, lane, actor)
) STRICT, WITHOUT ROWID;

-- What was received and not applied. `bytes` is kept of what may yet be; `needs` is the hash that it waits for.
CREATE TABLE share_aside (
  row     INTEGER PRIMARY KEY,
  meeting TEXT NOT NULL REFERENCES share (meeting),
  id      BLOB NOT NULL,
  lane    TEXT NOT NULL,
  place   INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  sender  TEXT NOT NULL DEFAULT '',
  at      TEXT NOT NULL,
  needs   BLOB NOT NULL DEFAULT x'',
  bytes   BLOB NOT NULL DEFAULT x'',
  UNIQUE (meeting, id)
) STRICT;
CREATE INDEX share_aside_by_need ON share_aside (meeting, needs);

-- What happened on the wire: times and numbers, never words of a meeting.
CREATE TABLE share_log (
  row     INTEGER PRIMARY KEY,
  meeting TEXT NOT NULL,
  at      TEXT NOT NULL,
  event   TEXT NOT NULL
) STRICT;
