-- The first schema. Once shipped, a migration is never changed: the next one mends it.
--
-- `document`, `change` and `snapshot` are the truth. Everything below them is a projection of it, made by `project`
-- and made again by `rebuild`; `meta` and `draft` are local to this file and carry a checksum of their own.

CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  sum   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One Automerge document: a meeting, its internal companion, or the archive itself (whose meeting is the nil id).
CREATE TABLE document (
  row     INTEGER PRIMARY KEY,
  meeting TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('meeting', 'internal', 'archive')),
  UNIQUE (meeting, kind)
) STRICT;

-- The change log. Rows are only ever appended; `seq` is what other processes catch up by.
CREATE TABLE change (
  seq      INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  hash     BLOB NOT NULL,
  bytes    BLOB NOT NULL
) STRICT;
CREATE INDEX change_by_document ON change (document);

-- A whole document as of a change, so that loading it need not replay every change. The changes stay.
CREATE TABLE snapshot (
  document INTEGER NOT NULL PRIMARY KEY REFERENCES document (row),
  seq      INTEGER NOT NULL,
  bytes    BLOB NOT NULL
) STRICT;

-- What each change's message says: who did what, in which step, and which step it took back.
CREATE TABLE action (
  seq      INTEGER NOT NULL PRIMARY KEY REFERENCES change (seq),
  document INTEGER NOT NULL REFERENCES document (row),
  meeting  TEXT NOT NULL,
  author   TEXT NOT NULL,
  action   TEXT NOT NULL,
  mode     TEXT NOT NULL,
  target   TEXT NOT NULL DEFAULT '',
  intent   TEXT NOT NULL DEFAULT '',
  at       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX action_by_author ON action (meeting, author, seq);

-- The unfinished line of each meeting.
CREATE TABLE draft (
  meeting TEXT NOT NULL PRIMARY KEY,
  text    TEXT NOT NULL,
  sum     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "series" TEXT NOT NULL DEFAULT '',
  "number" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "body" TEXT NOT NULL DEFAULT '',
  "short" TEXT NOT NULL DEFAULT '',
  "form" TEXT NOT NULL DEFAULT '',
  "document_kind" TEXT NOT NULL DEFAULT '',
  "starts" TEXT NOT NULL DEFAULT '',
  "zone" TEXT NOT NULL DEFAULT '',
  "date_text" TEXT NOT NULL DEFAULT '',
  "time_style" TEXT NOT NULL DEFAULT '',
  "state" TEXT NOT NULL DEFAULT '',
  "recording" TEXT NOT NULL DEFAULT '',
  "recording_starts" TEXT NOT NULL DEFAULT '',
  "preamble" TEXT NOT NULL DEFAULT '',
  "next_starts" TEXT NOT NULL DEFAULT '',
  "next_zone" TEXT NOT NULL DEFAULT '',
  "next_text" TEXT NOT NULL DEFAULT '',
  "item" TEXT NOT NULL DEFAULT '',
  "approval" TEXT NOT NULL DEFAULT '',
  "language" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE TABLE meeting_live (
  owner INTEGER NOT NULL REFERENCES meeting (row) ON DELETE CASCADE,
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  PRIMARY KEY (owner, began)
) STRICT, WITHOUT ROWID;

CREATE TABLE agenda_item (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "parent" TEXT NOT NULL DEFAULT '',
  "order" TEXT NOT NULL DEFAULT '',
  "title" TEXT NOT NULL DEFAULT '',
  "heading" TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "presenter" TEXT NOT NULL DEFAULT '',
  "planned" INTEGER NOT NULL DEFAULT 0,
  "state" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX agenda_item_by_meeting ON agenda_item (meeting) WHERE deleted = 0;
CREATE TABLE agenda_item_open (
  owner INTEGER NOT NULL REFERENCES agenda_item (row) ON DELETE CASCADE,
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  PRIMARY KEY (owner, began)
) STRICT, WITHOUT ROWID;

CREATE TABLE participant (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "order" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "group" TEXT NOT NULL DEFAULT '',
  "initials" TEXT NOT NULL DEFAULT '',
  "email" TEXT NOT NULL DEFAULT '',
  "platform_id" TEXT NOT NULL DEFAULT '',
  "duty" TEXT NOT NULL DEFAULT '',
  "state" TEXT NOT NULL DEFAULT '',
  "listed" INTEGER NOT NULL DEFAULT 0,
  "nature" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX participant_by_meeting ON participant (meeting) WHERE deleted = 0;
CREATE TABLE participant_roles (
  owner INTEGER NOT NULL REFERENCES participant (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE participant_aliases (
  owner INTEGER NOT NULL REFERENCES participant (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE presence (
  owner INTEGER NOT NULL REFERENCES participant (row) ON DELETE CASCADE,
  began TEXT NOT NULL,
  ended TEXT NOT NULL,
  PRIMARY KEY (owner, began)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "participant" TEXT NOT NULL DEFAULT '',
  "speaker_text" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "order" TEXT NOT NULL DEFAULT '',
  "asked" TEXT NOT NULL DEFAULT '',
  "began" TEXT NOT NULL DEFAULT '',
  "ended" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX turn_by_meeting ON turn (meeting) WHERE deleted = 0;

CREATE TABLE point (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "item" TEXT NOT NULL DEFAULT '',
  "order" TEXT NOT NULL DEFAULT '',
  "at" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "text" TEXT NOT NULL DEFAULT '',
  "attribution" TEXT NOT NULL DEFAULT '',
  "basis" TEXT NOT NULL DEFAULT '',
  "unknown" INTEGER NOT NULL DEFAULT 0,
  "speaker_text" TEXT NOT NULL DEFAULT '',
  "continues" TEXT NOT NULL DEFAULT '',
  "set_aside" INTEGER NOT NULL DEFAULT 0,
  "owner_text" TEXT NOT NULL DEFAULT '',
  "due" TEXT NOT NULL DEFAULT '',
  "done" INTEGER NOT NULL DEFAULT 0,
  "raw" TEXT NOT NULL DEFAULT '',
  "source" TEXT NOT NULL DEFAULT '',
  "source_line" INTEGER NOT NULL DEFAULT 0,
  UNIQUE (document, id)
) STRICT;
CREATE INDEX point_in_order ON point (meeting, "order", id) WHERE deleted = 0;
CREATE INDEX point_by_item ON point (meeting, item, attribution, continues) WHERE deleted = 0;
CREATE INDEX point_by_id ON point (id);
CREATE INDEX point_of_stranger ON point (meeting, "unknown") WHERE "unknown" > 0;
CREATE TABLE point_speakers (
  owner INTEGER NOT NULL REFERENCES point (row) ON DELETE CASCADE,
  value TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (owner, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE point_owners (
  owner INTEGER NOT NULL REFERENCES point (row) ON DELETE CASCADE,
  value TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (owner, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "item" TEXT NOT NULL DEFAULT '',
  "order" TEXT NOT NULL DEFAULT '',
  "style" TEXT NOT NULL DEFAULT '',
  "text" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX passage_by_meeting ON passage (meeting) WHERE deleted = 0;
CREATE TABLE passage_sources (
  owner INTEGER NOT NULL REFERENCES passage (row) ON DELETE CASCADE,
  value TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (owner, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE cue (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "starts" TEXT NOT NULL DEFAULT '',
  "ends" TEXT NOT NULL DEFAULT '',
  "speaker_text" TEXT NOT NULL DEFAULT '',
  "participant" TEXT NOT NULL DEFAULT '',
  "text" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX cue_by_meeting ON cue (meeting) WHERE deleted = 0;

CREATE TABLE vote (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "item" TEXT NOT NULL DEFAULT '',
  "question" TEXT NOT NULL DEFAULT '',
  "outcome" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX vote_by_meeting ON vote (meeting) WHERE deleted = 0;
CREATE TABLE vote_options (
  owner INTEGER NOT NULL REFERENCES vote (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE vote_counts (
  owner INTEGER NOT NULL REFERENCES vote (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE correction (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "text" TEXT NOT NULL DEFAULT '',
  "at" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX correction_by_meeting ON correction (meeting) WHERE deleted = 0;

CREATE TABLE version (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "text" TEXT NOT NULL DEFAULT '',
  "at" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE INDEX version_by_meeting ON version (meeting) WHERE deleted = 0;

CREATE TABLE series (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "short" TEXT NOT NULL DEFAULT '',
  "time_style" TEXT NOT NULL DEFAULT '',
  "date_style" TEXT NOT NULL DEFAULT '',
  "naming" TEXT NOT NULL DEFAULT '',
  "thresholds" TEXT NOT NULL DEFAULT '',
  "quorum" TEXT NOT NULL DEFAULT '',
  "speaking_limit" INTEGER NOT NULL DEFAULT 0,
  "boilerplate" TEXT NOT NULL DEFAULT '',
  "layout" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;
CREATE TABLE series_languages (
  owner INTEGER NOT NULL REFERENCES series (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_standing_items (
  owner INTEGER NOT NULL REFERENCES series (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_phrases (
  owner INTEGER NOT NULL REFERENCES series (row) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
  row INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting TEXT NOT NULL,
  id TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  "key" TEXT NOT NULL DEFAULT '',
  "value" TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;

-- Persons that were merged into others; the directory itself is derived from the participants.
CREATE TABLE person (
  row      INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  meeting  TEXT NOT NULL,
  id       TEXT NOT NULL,
  deleted  INTEGER NOT NULL DEFAULT 0,
  "into"   TEXT NOT NULL DEFAULT '',
  UNIQUE (document, id)
) STRICT;

-- The full-text index. An entry's number grows with the time of what it holds, so that the newest hits are the last
-- rows. The text is folded and cut into terms by the application (CJK into bigrams) and not kept here.
CREATE TABLE search_entry (
  row      INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (row),
  noun     TEXT NOT NULL,
  id       TEXT NOT NULL,
  UNIQUE (document, noun, id)
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
  terms, content = '', contentless_delete = 1, detail = full, prefix = '1 2 3 4 5 6',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* S* Co'"
);
