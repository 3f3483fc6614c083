// Made by `cargo xtask bindings` from the table of commands in core. Do not edit.

/** Each command with its request and its response. */
export interface Commands {
  library: [Nothing, Library];
  meeting_new: [NewMeeting, MeetingId];
  meeting_next: [MeetingRequest, MeetingId];
  meeting_delete: [MeetingRequest, Captured];
  actions: [RegisterAsked, Array<ActionRow>];
  decisions: [RegisterAsked, Array<DecisionRow>];
  action_done: [ActionDoneRequest, Captured];
  people: [PeopleAsked, Array<DirectoryPerson>];
  person_merge: [PersonMergeRequest, Captured];
  person_merge_undo: [Nothing, Undone];
  person_merge_redo: [Nothing, Undone];
  person_split: [ParticipantRequest, Captured];
  cues_around: [CuesRequest, Array<Cue>];
  cues: [MeetingRequest, Array<Cue>];
  cues_to_points: [CuesOf, Captured];
  recording_set: [RecordingRequest, Captured];
  import_kinds: [Nothing, Array<ImportKind>];
  import_preview: [ImportFile, ImportPreview];
  import_apply: [ImportApply, Imported];
  desk: [MeetingRequest, Desk];
  points: [PointsRequest, PointsPage];
  capture: [CaptureRequest, Captured];
  understand: [CaptureRequest, Understood];
  draft_set: [DraftRequest, Nothing];
  warm: [MeetingRequest, Nothing];
  meeting_state: [MeetingStateRequest, Captured];
  item_take: [ItemRequest, Captured];
  item_add: [ItemAddRequest, Captured];
  item_edit: [ItemEditRequest, Captured];
  item_move: [ItemMoveRequest, Captured];
  item_remove: [ItemRequest, Captured];
  heading_insert: [HeadingRequest, Captured];
  participant_add: [ParticipantAddRequest, Captured];
  participant_state: [ParticipantStateRequest, Captured];
  participant_edit: [ParticipantEditRequest, Captured];
  participant_remove: [ParticipantRequest, Captured];
  participant_presence: [PresenceRequest, Captured];
  roster_read: [RosterRequest, Array<Pasted>];
  participants_add: [ParticipantsAddRequest, Captured];
  point_editor: [PointRequest, Editor];
  point_edit: [PointEditRequest, Captured];
  point_tag: [PointTagRequest, Captured];
  point_delete: [PointsOf, Captured];
  point_kind: [PointKindRequest, Captured];
  point_item: [PointItemRequest, Captured];
  point_place: [PointPlaceRequest, Captured];
  point_split: [PointSplitRequest, Captured];
  point_merge: [PointsOf, Captured];
  point_internal: [PointInternalRequest, Captured];
  moment: [MomentRequest, Captured];
  floor_give: [FloorRequest, Captured];
  turn_add: [TurnAddRequest, Captured];
  turn_edit: [TurnEditRequest, Captured];
  turn_move: [TurnMoveRequest, Captured];
  turn_begin: [TurnRequest, Captured];
  turn_withdraw: [TurnRequest, Captured];
  body: [MeetingRequest, Body];
  body_edit: [BodyEditRequest, Captured];
  preferences: [Nothing, Array<PreferenceValue>];
  preference_set: [PreferenceValue, Nothing];
  report: [ReportRequest, ReportView];
  pages: [PagesRequest, Pages];
  section: [SectionRequest, Section];
  passage_add: [PassageAddRequest, Captured];
  passage_write: [PassageWriteRequest, Captured];
  passage_editor: [PassageRequest, Editor];
  passage_edit: [PassageEditRequest, Captured];
  passage_style: [PassageStyleRequest, Captured];
  passage_move: [PassageMoveRequest, Captured];
  passage_join: [PassagesOf, Captured];
  passage_split: [PassageSplitRequest, Captured];
  passages_to_section: [PassagesToSectionRequest, Captured];
  passage_sources: [PassageSourcesRequest, Captured];
  passage_delete: [PassagesOf, Captured];
  point_set_aside: [PointAsideRequest, Captured];
  mention_offers: [MentionsRequest, Array<MentionOffer>];
  lint: [ReportRequest, Array<Finding>];
  finding_mend: [FindingRequest, Captured];
  report_settings: [MeetingRequest, ReportSettings];
  report_settings_edit: [ReportSettingsEditRequest, Captured];
  review: [MeetingRequest, Array<Contested>];
  settle: [SettleRequest, Captured];
  undo: [MeetingRequest, Undone];
  redo: [MeetingRequest, Undone];
  share_state: [MeetingRequest, ShareState | null];
  share_meeting: [ShareRequest, ShareState];
  share_invite: [ShareInviteRequest, InvitationText];
  share_withdraw: [ShareWithdrawRequest, ShareState];
  share_join: [ShareJoinRequest, MeetingId];
  share_address: [ShareAddressRequest, ShareState];
  share_aside: [MeetingRequest, Array<SetAside>];
  share_log: [MeetingRequest, Array<LogLine>];
  share_to_file: [ShareFileRequest, SharedFile];
  share_from_file: [SharedFileRequest, SharedFileTaken];
  search: [SearchRequest, Array<Hit>];
  export: [ExportRequest, Exported];
  grammar: [Nothing, Array<GrammarLine>];
}

/** What a refused command answers. */
export interface Refusal {
  code: Code;
  message: string;
}

export type ActionDoneRequest = { 
/**
 * Which meeting it was given in.
 */
meeting: MeetingId, 
/**
 * Which action.
 */
point: PointId, 
/**
 * Done, or open again.
 */
done: boolean, };

export type ActionRow = { 
/**
 * The point.
 */
id: PointId, 
/**
 * When it was captured, UTC.
 */
at: string, 
/**
 * The words (inline text).
 */
text: string, 
/**
 * Who is to do it: the owners' names in order, of namesakes with what tells them apart; else the owner as typed.
 */
owners: Array<string>, 
/**
 * By when.
 */
due: string | null, 
/**
 * Whether it is done.
 */
done: boolean, 
/**
 * Whether its day is past and it is not done.
 */
overdue: boolean, 
/**
 * Days since it was given; 0 = today.
 */
age: number, 
/**
 * Whether it is off the record.
 */
internal: boolean, 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The series that it is of.
 */
series: SeriesId | null, 
/**
 * The body's abbreviation, or its name where it has none.
 */
body: string, 
/**
 * Number in the series.
 */
number: number | null, 
/**
 * When it was, UTC.
 */
starts: string | null, };

export type Attribution = "untagged" | "nobody" | "unknown" | "unresolved" | "named";

export type AuthorId = string;

export type Basis = "none" | "typed" | "floor" | "tagged" | "imported";

export type Becomes = { "as": "paragraph" } | { "as": "bullets" } | { "as": "numbers" } | { "as": "list", 
/**
 * The words of the lead-in ("Key points raised included:").
 */
lead_in: string, } | { "as": "into", 
/**
 * Which.
 */
passage: PassageId, };

export type Body = { 
/**
 * Its full name.
 */
name: string, 
/**
 * Its abbreviation.
 */
short: string, 
/**
 * How many have to be here: a number (`9`), or a share of the list (`1/2`, `>1/2`, `50%`); empty = no rule.
 */
quorum: string, 
/**
 * Seconds that a speaker may have; 0 = no limit.
 */
speaking_limit: number, 
/**
 * Titles of items that every agenda has.
 */
standing_items: Array<string>, 
/**
 * Text that every report begins with; paragraphs are parted by an empty line.
 */
boilerplate: string, };

export type BodyEditRequest = { 
/**
 * A meeting of the body.
 */
meeting: MeetingId, 
/**
 * New rule.
 */
quorum: string | null, 
/**
 * New limit, in seconds.
 */
speaking_limit: number | null, 
/**
 * New standing items.
 */
standing_items: Array<string> | null, 
/**
 * New text of every report.
 */
boilerplate: string | null, };

export type CaptureRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The line as typed.
 */
line: string, 
/**
 * Id for the row that this line makes, chosen by the window, so that a retry doubles nothing.
 */
id: string | null, };

export type Captured = { 
/**
 * The row made or changed; none where nothing was.
 */
id: string | null, 
/**
 * What was done, in words ("Point added", "Marit Solheim is present").
 */
done: string, 
/**
 * What the writer should know: an unresolved speaker, a command that could not be carried out.
 */
notices: Array<string>, };

export type Choices = { 
/**
 * How people are named.
 */
naming?: Naming, 
/**
 * Whether moderators, rapporteurs and presenters are named in any case.
 */
keep_officers?: boolean, 
/**
 * Where decisions and actions stand.
 */
collected?: Collected, 
/**
 * Whether the table of actions is parted by owner.
 */
by_owner?: boolean, 
/**
 * Whether the lines of a page fill the measure.
 */
justified?: boolean, 
/**
 * Whether what is off the record is taken in: only ever when asked for, and the document says so on every page.
 */
internal?: boolean, };

export type ClockSpan = { 
/**
 * From then on.
 */
from: string, 
/**
 * Until then; not at it any more.
 */
to: string, 
/**
 * How many seconds they are ahead of UTC.
 */
ahead: number, 
/**
 * What the zone is called then (`CET`), as the documents call it.
 */
name: string, };

export type Code = "not_found" | "invalid" | "read_only" | "disk_full" | "damaged" | "newer" | "not_an_archive" | "busy" | "no_contact" | "io" | "internal";

export type Collected = "in_place" | "tables" | "both";

export type Contested = { 
/**
 * What it is about: the key that [`SettleRequest`] names it by, with `id` and `aspect`.
 */
noun: string, 
/**
 * Which one.
 */
id: string, 
/**
 * Which of it.
 */
aspect: string, 
/**
 * The noun in words ("point").
 */
thing: string, 
/**
 * The aspect in words ("Kind").
 */
label: string, 
/**
 * Its words or its name (inline text), as the record shows it.
 */
excerpt: string, 
/**
 * Whether it is off the record.
 */
internal: boolean, 
/**
 * The versions, the earliest first.
 */
versions: Array<ContestedVersion>, 
/**
 * What the record shows where that is none of the versions, in words; empty = one of them.
 */
shown: string, 
/**
 * Whether other words may settle it.
 */
takes_words: boolean, };

export type ContestedVersion = { 
/**
 * The change that set it.
 */
change: string, 
/**
 * Whether it was set in this archive.
 */
mine: boolean, 
/**
 * Who set it, in words.
 */
author: string, 
/**
 * When, UTC.
 */
at: string, 
/**
 * What it says, in words (inline text, where the aspect is).
 */
words: string, 
/**
 * Whether the record shows this one.
 */
shown: boolean, };

export type Counts = { 
/**
 * Its points.
 */
points: number, 
/**
 * Of these, those that are in the report: in a passage, or in a table.
 */
covered: number, 
/**
 * Those that nothing rests on.
 */
open: number, 
/**
 * Those that were set aside, or are off the record.
 */
set_aside: number, };

export type Coverage = "covered" | "table" | "open" | "set_aside" | "internal";

export type Cue = { 
/**
 * Identity.
 */
id: CueId, 
/**
 * When it begins, UTC.
 */
starts: string, 
/**
 * When it ends, UTC.
 */
ends: string | null, 
/**
 * The speaker as the file has it.
 */
speaker_text: string, 
/**
 * The participant, once settled.
 */
participant: ParticipantId | null, 
/**
 * The words.
 */
text: string, };

export type CueId = string;

export type CuesOf = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which cues.
 */
cues: Array<CueId>, };

export type CuesRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Around which point.
 */
point: PointId, 
/**
 * Seconds before and after it.
 */
seconds: number, };

export type DecisionRow = { 
/**
 * The point.
 */
id: PointId, 
/**
 * When it was captured, UTC.
 */
at: string, 
/**
 * Label of its item; empty = none.
 */
item: string, 
/**
 * Title of its item (inline text); empty = none.
 */
title: string, 
/**
 * The words (inline text).
 */
text: string, 
/**
 * Whether it is off the record.
 */
internal: boolean, 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The series that it is of.
 */
series: SeriesId | null, 
/**
 * The body's abbreviation, or its name where it has none.
 */
body: string, 
/**
 * Number in the series.
 */
number: number | null, 
/**
 * When it was, UTC.
 */
starts: string | null, };

export type Desk = { 
/**
 * The facts.
 */
meeting: MeetingView, 
/**
 * The agenda, depth first.
 */
items: Array<DeskItem>, 
/**
 * The participants in list order.
 */
participants: Array<DeskParticipant>, 
/**
 * Turns that wait or hold the floor.
 */
turns: Array<Turn>, 
/**
 * Who holds the floor.
 */
floor: ParticipantId | null, 
/**
 * How many points the meeting has.
 */
points: number, 
/**
 * Points whose speaker is unresolved, unknown or untagged.
 */
unsettled: number, 
/**
 * The unfinished line, as last stored.
 */
draft: string, 
/**
 * What undo would take back, in words; none = nothing.
 */
undo: string | null, 
/**
 * What redo would bring again.
 */
redo: string | null, 
/**
 * Points whose speaker rests on the floor alone.
 */
on_floor: number, 
/**
 * How much two laptops set at once and nobody has settled.
 */
to_settle: number, 
/**
 * Moments that were kept for a point to be written later.
 */
moments: number, 
/**
 * Seconds that a speaker may have; 0 = no limit.
 */
speaking_limit: number, 
/**
 * Whether enough are here; none = the body has no such rule.
 */
quorum: Quorum | null, 
/**
 * How long each participant has held the floor, in turns that have ended; the longest first.
 */
spoken: Array<Spoken>, 
/**
 * Who spoke in the last points, the latest first, each once; at most nine.
 */
recent: Array<Recent>, 
/**
 * What was promised at the meeting before this one of its series and is open still, what is due first; nothing once
 * the meeting has ended.
 */
promised: Array<ActionRow>, 
/**
 * How many cues its transcript has; 0 = it has none.
 */
cues: number, 
/**
 * How clocks stand in its zone, from its beginning to half a year from now.
 */
clocks: Array<ClockSpan>, };

export type DeskItem = { 
/**
 * Points directly under it.
 */
points: number, 
/**
 * Of these, points with an unsettled speaker.
 */
unsettled: number, 
/**
 * Its number as printed: `1`, `2.1`, or the override.
 */
label: string, 
/**
 * 1 for an item, 2 for a section, and so on.
 */
level: number, 
/**
 * Identity.
 */
id: ItemId, 
/**
 * The item that this is a section of.
 */
parent: ItemId | null, 
/**
 * Place among its siblings.
 */
order: OrderKey, 
/**
 * As on the agenda (inline text).
 */
title: string, 
/**
 * As in the report (inline text); empty = `title`.
 */
heading: string, 
/**
 * Replaces the counted number ("3a").
 */
number: string, 
/**
 * Who presents it.
 */
presenter: ParticipantId | null, 
/**
 * Minutes planned; 0 = not said.
 */
planned: number, 
/**
 * When it was open.
 */
open: Array<Span>, 
/**
 * Where it stands.
 */
state: ItemState, };

export type DeskParticipant = { 
/**
 * The initials that resolve to them, given or taken from the name.
 */
short: string, 
/**
 * Identity.
 */
id: ParticipantId, 
/**
 * Who this is across meetings.
 */
person: PersonId | null, 
/**
 * Place in the list.
 */
order: OrderKey, 
/**
 * The name, as the list prints it.
 */
name: string, 
/**
 * Roles as of this meeting, in order.
 */
roles: Array<string>, 
/**
 * Stakeholder group.
 */
group: string, 
/**
 * Initials to type; empty = taken from the name.
 */
initials: string, 
/**
 * Other names and nicks that resolve to this participant.
 */
aliases: Array<string>, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Id on the meeting platform.
 */
platform_id: string, 
/**
 * Duty in the meeting.
 */
duty: Duty, 
/**
 * Whether here.
 */
state: ParticipantState, 
/**
 * Whether the printed list has them.
 */
listed: boolean, 
/**
 * Person, device, bot or telephone.
 */
nature: Nature, 
/**
 * When here.
 */
presence: Array<Span>, 
/**
 * When this one moderated, once that passed on while the meeting was live.
 */
moderating: Array<Span>, 
/**
 * When this one kept the minutes, likewise.
 */
reporting: Array<Span>, };

export type DirectoryPerson = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * The names as spelt, the latest first.
 */
names: Array<string>, 
/**
 * Initials that were given, the latest first.
 */
initials: Array<string>, 
/**
 * Other names and nicks.
 */
aliases: Array<string>, 
/**
 * E-mail addresses, the latest first.
 */
addresses: Array<string>, 
/**
 * The meetings that they belong to, the latest first.
 */
meetings: Array<PersonInMeeting>, 
/**
 * Others of the same name or address who were in no meeting together with them: the same person?
 */
same: Array<PersonId>, };

export type DocumentKind = "report" | "record";

export type Draft = { 
/**
 * Which passage; it may not be in the record yet.
 */
passage: PassageId, 
/**
 * The item that it stands under; none = front matter.
 */
item: ItemId | null, 
/**
 * How it is set.
 */
style: PassageStyle, 
/**
 * Its words (inline text).
 */
text: string, 
/**
 * Of one that is not in the record yet: right behind this one.
 */
behind?: PassageId, 
/**
 * The same: right before this one.
 */
before?: PassageId, };

export type DraftRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The text so far; empty = none.
 */
text: string, };

export type DroppedFile = { 
/**
 * The file's name.
 */
name: string, 
/**
 * Its bytes in base64; none of a shared meeting.
 */
bytes: string, 
/**
 * Where it lies, if it is a shared meeting: that is taken in from there.
 */
shared: string | null, 
/**
 * How many more files came with it, and were left.
 */
more: number, };

export type Duty = "none" | "moderator" | "rapporteur" | "both";

export type Editor = { 
/**
 * The text now.
 */
text: string, 
/**
 * The state of the document it is of.
 */
rev: string, };

export type ExportRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which document.
 */
document: DocumentKind, 
/**
 * Which format.
 */
format: Format, 
/**
 * The file; replaced whole or not at all.
 */
path: string, 
/**
 * What is chosen otherwise than the body has settled.
 */
choices?: Choices, };

export type Exported = { 
/**
 * The file.
 */
path: string, 
/**
 * What the reader of the file should know: characters that no font has, and where.
 */
notices: Array<string>, };

export type Finding = { 
/**
 * Says which one it is as long as it stands.
 */
id: string, 
/**
 * What sort.
 */
code: FindingCode, 
/**
 * What was found, in words.
 */
message: string, 
/**
 * The words it is about.
 */
excerpt: string, 
/**
 * Where.
 */
place: FindingPlace, 
/**
 * What one key would do about it.
 */
mend: FindingMend | null, };

export type FindingCode = "fact" | "twice" | "empty_item" | "lost" | "uncovered" | "speaker" | "internal_cited" | "quantifier" | "undecided" | "named" | "almost_named" | "stranger" | "link" | "action_owner" | "action_due" | "acronym";

export type FindingMend = { 
/**
 * In words: "Write “one speaker”".
 */
words: string, };

export type FindingOf = "meeting" | "item" | "point" | "passage" | "participant";

export type FindingPlace = { 
/**
 * What sort of row.
 */
of: FindingOf, 
/**
 * The row.
 */
id: string, 
/**
 * The item that it stands under.
 */
item: ItemId | null, 
/**
 * The number of that item as printed; empty = none.
 */
label: string, 
/**
 * Where in the row's text it begins, in UTF-16 units of the source; none = the whole row.
 */
from: number | null, 
/**
 * Where it ends.
 */
to: number | null, };

export type FindingRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The id of the finding.
 */
finding: string, 
/**
 * What it was found with.
 */
choices?: Choices, };

export type FloorRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Who gets it; none = nobody holds it.
 */
participant: ParticipantId | null, };

export type Followed = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Whether it has a hub; otherwise it is shared by file only.
 */
hub: boolean, 
/**
 * Whether there is contact with the hub.
 */
connected: boolean, 
/**
 * Why there is none, in words; empty where that is not known yet.
 */
reason: string, 
/**
 * What this archive may do in it.
 */
role: Role, 
/**
 * Whether that still stands.
 */
standing: Standing, 
/**
 * Who else is here.
 */
present: Array<Present>, 
/**
 * How many changes of this archive nobody has acknowledged yet.
 */
waiting: number, 
/**
 * When the hub was last reached, UTC.
 */
contact: string | null, 
/**
 * How many messages are set aside.
 */
aside: number, };

export type Format = "markdown" | "pdf";

export type GrammarLine = { 
/**
 * What is typed.
 */
typed: string, 
/**
 * What it does.
 */
effect: string, 
/**
 * The group it stands in.
 */
group: string, };

export type HeadingRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The first point under it.
 */
point: PointId, 
/**
 * Its title; an item of this title is taken, else one is made.
 */
title: string, 
/**
 * Whether it is a section of the point's item.
 */
section: boolean, };

export type Hit = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * `point`, `passage` or `cue`.
 */
noun: string, 
/**
 * The row.
 */
id: string, 
/**
 * Label of its item; empty = none.
 */
item: string, 
/**
 * When, UTC.
 */
at: string, 
/**
 * Of a point: its kind.
 */
kind: Kind | null, 
/**
 * Of a point: its speakers' names, joined.
 */
speaker: string, 
/**
 * The text (inline text).
 */
text: string, 
/**
 * Stretches of `text` that match, as [start, end) in UTF-16 units.
 */
marks: Array<[number, number]>, };

export type ImportApply = { 
/**
 * The file.
 */
file: ImportFile, 
/**
 * What was chosen for its people; of the others, what was proposed becomes.
 */
people: Array<ImportChoice>, };

export type ImportAs = "new" | "left_out" | { "participant": ParticipantId };

export type ImportCandidate = { 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * Their name.
 */
name: string, 
/**
 * What tells them from a namesake: a role, or the group.
 */
beside: string, };

export type ImportChoice = { 
/**
 * Place among the people of the file, from 0.
 */
of: number, 
/**
 * The name, as it was looked at.
 */
name: string, 
/**
 * What becomes of them.
 */
as: ImportAs, };

export type ImportFile = { 
/**
 * The meeting that it goes into; none = a new one.
 */
meeting: MeetingId | null, 
/**
 * The file's name.
 */
name: string, 
/**
 * Its bytes in base64; at most 16 MiB of them.
 */
bytes: string, 
/**
 * The word for what it is; none = what it looks like.
 */
kind: string | null, 
/**
 * The IANA zone in which its times were written, where it names none itself; none = the meeting's.
 */
zone: string | null, };

export type ImportFit = "address" | "name" | "alias" | "likeness";

export type ImportKind = { 
/**
 * The word.
 */
word: string, 
/**
 * In words: "an attendance report of Zoom".
 */
label: string, };

export type ImportPerson = { 
/**
 * Place among the people of the file, from 0.
 */
of: number, 
/**
 * The name, without brackets and suffixes.
 */
name: string, 
/**
 * Roles.
 */
roles: Array<string>, 
/**
 * Stakeholder group.
 */
group: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Person, device, bot or telephone.
 */
nature: Nature, 
/**
 * In how many stretches they were there.
 */
stretches: number, 
/**
 * Participants whom they may be, the likeliest first.
 */
fits: Array<ImportCandidate>, 
/**
 * What speaks for it; none where nobody fits.
 */
by: ImportFit | null, 
/**
 * What is proposed. A likeness alone never makes two people one.
 */
proposed: ImportAs, 
/**
 * Others of the file (by their place) with the same name: perhaps the same person.
 */
again: Array<number>, };

export type ImportPreview = { 
/**
 * What it is taken for.
 */
kind: ImportKind, 
/**
 * Its people.
 */
people: Array<ImportPerson>, 
/**
 * Agenda items that it adds.
 */
items: number, 
/**
 * Points that it adds.
 */
points: number, 
/**
 * Passages of the report that it adds.
 */
passages: number, 
/**
 * Lines of a transcript that it adds.
 */
cues: number, 
/**
 * What was not understood, by line; at most 500.
 */
problems: Array<ImportProblem>, 
/**
 * How many more there are.
 */
more_problems: number, };

export type ImportProblem = { 
/**
 * Line in the file, from 1.
 */
line: number, 
/**
 * What happened, and what was kept.
 */
message: string, };

export type Imported = { 
/**
 * The meeting that has it.
 */
meeting: MeetingId, 
/**
 * What was done, in words.
 */
done: string, 
/**
 * What was not understood, by line; at most 500.
 */
problems: Array<ImportProblem>, };

export type InvitationText = { 
/**
 * The text; whoever has it can join.
 */
text: string, };

export type Invited = { 
/**
 * Its public key, in hexadecimal digits: by this it is withdrawn.
 */
key: string, 
/**
 * What it lets do.
 */
role: Role, 
/**
 * How it stands.
 */
standing: Standing, 
/**
 * Who joined by it.
 */
members: Array<AuthorId>, 
/**
 * Its text, where this archive made it and still keeps it.
 */
text: string | null, };

export type ItemAddRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Under which item; none = at the agenda's end.
 */
parent: ItemId | null, 
/**
 * Its title.
 */
title: string, };

export type ItemEditRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which item.
 */
item: ItemId, 
/**
 * New title.
 */
title: string | null, 
/**
 * New heading; empty = the title.
 */
heading: string | null, 
/**
 * New state.
 */
state: ItemState | null, 
/**
 * New planned minutes; 0 = none.
 */
planned: number | null, 
/**
 * New presenter; see `presenter_none` for taking one away.
 */
presenter: ParticipantId | null, 
/**
 * Nobody presents it any more.
 */
presenter_none: boolean, };

export type ItemId = string;

export type ItemMoveRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which item.
 */
item: ItemId, 
/**
 * Under which item; none = at the top.
 */
parent: ItemId | null, 
/**
 * Before which of its new siblings; none = behind them all.
 */
before: ItemId | null, };

export type ItemRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which item.
 */
item: ItemId, };

export type ItemState = "pending" | "open" | "done" | "deferred" | "skipped" | "no_update";

export type Kind = "remark" | "decision" | "action" | "question" | "proposal" | "information";

export type Lane = "members" | "meeting" | "internal";

export type Lens = "all" | "open" | "floor" | "moments";

export type Library = { 
/**
 * The archive's file.
 */
path: string, 
/**
 * Why the archive can only be read; none = it can be written.
 */
read_only: string | null, 
/**
 * The meetings.
 */
meetings: Array<MeetingRow>, 
/**
 * How clocks stand in the meetings' zones, from the first to half a year from now.
 */
clocks: { [key in string]: Array<ClockSpan> }, };

export type LogLine = { 
/**
 * When, UTC.
 */
at: string, 
/**
 * What happened, in words.
 */
event: string, };

export type MeetingId = string;

export type MeetingRequest = { 
/**
 * Which.
 */
meeting: MeetingId, };

export type MeetingRow = { 
/**
 * Identity.
 */
id: MeetingId, 
/**
 * The body's name.
 */
body: string, 
/**
 * The body's abbreviation.
 */
short: string, 
/**
 * Number in the series.
 */
number: number | null, 
/**
 * When, UTC.
 */
starts: string | null, 
/**
 * IANA zone.
 */
zone: string, 
/**
 * Where it stands.
 */
state: MeetingState, 
/**
 * How many points it has.
 */
points: number, 
/**
 * How many blocks its report has.
 */
passages: number, };

export type MeetingState = "planned" | "live" | "paused" | "ended";

export type MeetingStateRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The new state; going live writes the time.
 */
state: MeetingState, };

export type MeetingView = { 
/**
 * Participants who moderate, or did for a part of the meeting, in list order.
 */
moderators: Array<ParticipantId>, 
/**
 * Participants who keep the minutes, or did for a part of the meeting, in list order.
 */
rapporteurs: Array<ParticipantId>, 
/**
 * Identity.
 */
id: MeetingId, 
/**
 * The series it belongs to.
 */
series: SeriesId | null, 
/**
 * Its number in the series (107).
 */
number: number | null, 
/**
 * The body's name as the title block has it; empty = `body`.
 */
name: string, 
/**
 * The body's full name.
 */
body: string, 
/**
 * The body's abbreviation.
 */
short: string, 
/**
 * The form as the title block has it ("Online Meeting").
 */
form: string, 
/**
 * What the document calls itself ("Summary Report").
 */
document_kind: string, 
/**
 * When it starts or started, UTC.
 */
starts: string | null, 
/**
 * IANA zone in which times are shown.
 */
zone: string, 
/**
 * Replaces the generated date line of the title block.
 */
date_text: string, 
/**
 * How the title block writes hours.
 */
time_style: TimeStyle, 
/**
 * Where it stands.
 */
state: MeetingState, 
/**
 * When it was live.
 */
live: Array<Span>, 
/**
 * A link to the recording, or words about it ("available upon request").
 */
recording: string, 
/**
 * When the recording began, UTC.
 */
recording_starts: string | null, 
/**
 * Replaces the generated preamble (inline text).
 */
preamble: string, 
/**
 * The next meeting, UTC.
 */
next_starts: string | null, 
/**
 * IANA zone of the next meeting; empty = `zone`.
 */
next_zone: string, 
/**
 * Replaces the generated sentence on the next meeting.
 */
next_text: string, 
/**
 * The agenda item under discussion.
 */
item: ItemId | null, 
/**
 * Where its approval stands; reserved.
 */
approval: string, 
/**
 * Language of the documents (BCP 47).
 */
language: string, };

export type Member = { 
/**
 * Who.
 */
author: AuthorId, 
/**
 * The name that they gave themselves.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * How they stand.
 */
standing: Standing, 
/**
 * Whether it is this archive.
 */
me: boolean, };

export type MentionOffer = { 
/**
 * Where it begins, in UTF-16 units of the source.
 */
from: number, 
/**
 * Where it ends.
 */
to: number, 
/**
 * The words.
 */
words: string, 
/**
 * Whose name it may be: several, where they bear one name.
 */
participants: Array<ParticipantId>, 
/**
 * The text with the name as a mention; none where several bear it.
 */
mended: string | null, };

export type MentionsRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The text (source of inline text).
 */
text: string, };

export type MomentRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * How many seconds ago it was.
 */
seconds: number, 
/**
 * The id of the point, chosen by the window, so that a retry doubles nothing.
 */
id: PointId, };

export type Naming = "name" | "role" | "group" | "unnamed";

export type Nature = "person" | "device" | "bot" | "telephone";

export type NewMeeting = { 
/**
 * The body's full name.
 */
series: string, 
/**
 * Its abbreviation.
 */
short: string, 
/**
 * Number in the series.
 */
number: number | null, 
/**
 * When, UTC.
 */
starts: string | null, 
/**
 * IANA zone.
 */
zone: string, 
/**
 * The form ("Online Meeting"); empty = that.
 */
form: string, };

export type NewParticipant = { 
/**
 * Name.
 */
name: string, 
/**
 * Roles.
 */
roles: Array<string>, };

export type Nothing = Record<symbol, never>;

export type OrderKey = string;

export type PageFound = { 
/**
 * Which page.
 */
page: number, 
/**
 * The baseline of the first line there.
 */
y: number, };

export type PageLine = { 
/**
 * Lines of the same mark look the same.
 */
mark: string, 
/**
 * Where its baseline is.
 */
y: number, 
/**
 * The row behind it: a click leads there.
 */
origin: string | null, 
/**
 * What it looks like; none = as the one that is there.
 */
svg: string | null, };

export type PagePicture = { 
/**
 * Which, counted from 0.
 */
page: number, 
/**
 * Its lines from the top.
 */
lines: Array<PageLine>, };

export type PageShown = { 
/**
 * Which, counted from 0.
 */
page: number, 
/**
 * The marks of the lines that are there.
 */
lines: Array<string>, };

export type Pages = { 
/**
 * How many pages there are.
 */
count: number, 
/**
 * Width of each.
 */
width: number, 
/**
 * Height of each.
 */
height: number, 
/**
 * Those that were asked for and are there.
 */
pages: Array<PagePicture>, 
/**
 * Path data of the letters in the new lines, by the id that these call them by.
 */
outlines: { [key in string]: string }, 
/**
 * Where that begins which was to be found.
 */
found: PageFound | null, };

export type PagesRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * What is chosen otherwise than the body has settled.
 */
choices?: Choices, 
/**
 * Passages as they are being written, in place of what the record holds.
 */
drafts?: Array<Draft>, 
/**
 * The pages that are looked at.
 */
wanted: Array<PageShown>, 
/**
 * A passage that is to be found on the pages.
 */
find?: PassageId, };

export type ParticipantAddRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * `Name, role, role`.
 */
text: string, };

export type ParticipantEditRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * New name.
 */
name: string | null, 
/**
 * New roles.
 */
roles: Array<string> | null, 
/**
 * New stakeholder group.
 */
group: string | null, 
/**
 * New initials.
 */
initials: string | null, 
/**
 * New aliases.
 */
aliases: Array<string> | null, 
/**
 * New duty.
 */
duty: Duty | null, 
/**
 * Whether the printed list has them.
 */
listed: boolean | null, };

export type ParticipantId = string;

export type ParticipantRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Who.
 */
participant: ParticipantId, };

export type ParticipantState = "expected" | "present" | "apologies" | "absent";

export type ParticipantStateRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * The new state.
 */
state: ParticipantState, };

export type ParticipantsAddRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Them, in order.
 */
people: Array<NewParticipant>, };

export type PassageAddRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * What they become.
 */
becomes: Becomes, 
/**
 * Under which item; none = before the agenda.
 */
item: ItemId | null, 
/**
 * Where; without it, behind what stands there.
 */
place?: PlaceInSection, 
/**
 * The id of the first passage, chosen by the window, so that a retry doubles nothing.
 */
id?: PassageId, };

export type PassageEditRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passage.
 */
passage: PassageId, 
/**
 * As in `point_edit`.
 */
rev: string | null, 
/**
 * New text.
 */
text: string, };

export type PassageId = string;

export type PassageMoveRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passages.
 */
passages: Array<PassageId>, 
/**
 * Under which item; none = before the agenda.
 */
item: ItemId | null, 
/**
 * Where; without it, behind what stands there.
 */
place?: PlaceInSection, };

export type PassageRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passage.
 */
passage: PassageId, };

export type PassageSourcesRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passage.
 */
passage: PassageId, 
/**
 * Points that it rests on from now on.
 */
add: Array<PointId>, 
/**
 * Points that it rests on no more.
 */
remove: Array<PointId>, };

export type PassageSplitRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passage.
 */
passage: PassageId, 
/**
 * As in `point_edit`.
 */
rev: string, 
/**
 * The text of the first.
 */
first: string, 
/**
 * The text of the second.
 */
second: string, 
/**
 * The id of the second, chosen by the window, so that it can be written on before the answer comes.
 */
id?: PassageId, };

export type PassageStyle = "paragraph" | "bullet" | "number" | "heading";

export type PassageStyleRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passages.
 */
passages: Array<PassageId>, 
/**
 * The style.
 */
style: PassageStyle, };

export type PassageWriteRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * How it is set.
 */
style: PassageStyle, 
/**
 * Its words.
 */
text: string, 
/**
 * Under which item; none = before the agenda.
 */
item: ItemId | null, 
/**
 * Where; without it, behind what stands there.
 */
place?: PlaceInSection, 
/**
 * Its id, chosen by the window, so that a retry doubles nothing.
 */
id?: PassageId, };

export type PassagesOf = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passages.
 */
passages: Array<PassageId>, };

export type PassagesToSectionRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which passages.
 */
passages: Array<PassageId>, 
/**
 * The title of the section.
 */
title: string, };

export type Pasted = { 
/**
 * Name.
 */
name: string, 
/**
 * Roles.
 */
roles: Array<string>, 
/**
 * The line of the text, from 1.
 */
line: number, 
/**
 * Participants who bear this name, initials or alias already: perhaps the same people, never merged unasked.
 */
same: Array<ParticipantId>, 
/**
 * Earlier entries of the same text (by their place, from 0) with the same name.
 */
again: Array<number>, };

export type PeopleAsked = { 
/**
 * Those whose names, aliases, addresses, roles or groups hold all these words, or beginnings; empty = all.
 */
words: string, };

export type PersonId = string;

export type PersonInMeeting = { 
/**
 * As whom.
 */
participant: ParticipantId, 
/**
 * The name as spelt there.
 */
name: string, 
/**
 * Roles as of that meeting.
 */
roles: Array<string>, 
/**
 * Stakeholder group.
 */
group: string, 
/**
 * Duty.
 */
duty: Duty, 
/**
 * Whether they were there.
 */
state: ParticipantState, 
/**
 * For how many seconds they were there, as far as arrivals and departures are on record.
 */
seconds: number, 
/**
 * How many points are theirs; what only goes on from one is no other.
 */
points: number, 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The series that it is of.
 */
series: SeriesId | null, 
/**
 * The body's abbreviation, or its name where it has none.
 */
body: string, 
/**
 * Number in the series.
 */
number: number | null, 
/**
 * When it was, UTC.
 */
starts: string | null, };

export type PersonMergeRequest = { 
/**
 * Whom both are from now on.
 */
one: PersonId, 
/**
 * Who goes into that one.
 */
other: PersonId, };

export type PlaceInSection = { 
/**
 * Right behind this one.
 */
behind?: PassageId, 
/**
 * Right before this one.
 */
before?: PassageId, };

export type PointAsideRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * Whether they are set aside.
 */
set_aside: boolean, };

export type PointEditRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which point.
 */
point: PointId, 
/**
 * The state of the document that the editor was opened at (`point_editor`), so that a colleague's words written
 * meanwhile stay.
 */
rev: string | null, 
/**
 * New text.
 */
text: string | null, 
/**
 * New kind.
 */
kind: Kind | null, };

export type PointId = string;

export type PointInternalRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * Whether they are off the record.
 */
internal: boolean, };

export type PointItemRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * The item; none = before the agenda.
 */
item: ItemId | null, };

export type PointKindRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * The kind.
 */
kind: Kind, };

export type PointPlaceRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * The point that they go beside.
 */
beside: PointId, 
/**
 * Whether they come before it.
 */
before: boolean, };

export type PointRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which point.
 */
point: PointId, };

export type PointSplitRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which point.
 */
point: PointId, 
/**
 * As in [`PointEditRequest`].
 */
rev: string, 
/**
 * The text of the first.
 */
first: string, 
/**
 * The text of the second.
 */
second: string, };

export type PointTagRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, 
/**
 * Who.
 */
who: Who, 
/**
 * Where a point is of an unknown speaker: settles every point of that unknown.
 */
whole_unknown: boolean, };

export type PointView = { 
/**
 * Identity.
 */
id: PointId, 
/**
 * The agenda item; none before the first.
 */
item: ItemId | null, 
/**
 * Place among the points of the meeting.
 */
order: OrderKey, 
/**
 * When it was captured, UTC.
 */
at: string, 
/**
 * What sort of contribution.
 */
kind: Kind, 
/**
 * The words (inline text), as typed.
 */
text: string, 
/**
 * Whose words.
 */
attribution: Attribution, 
/**
 * What the attribution rests on.
 */
basis: Basis, 
/**
 * Which stranger, while `attribution` is unknown; 0 otherwise.
 */
unknown: number, 
/**
 * The speakers, in order, while `attribution` is named.
 */
speakers: Array<ParticipantId>, 
/**
 * The speaker as typed; kept after it was resolved.
 */
speaker_text: string, 
/**
 * The point that this one goes on from; its speaker is that one's, unless tagged itself.
 */
continues: PointId | null, 
/**
 * Off the record: kept in the internal companion, in no export unless asked for.
 */
internal: boolean, 
/**
 * On purpose not for the report.
 */
set_aside: boolean, 
/**
 * Who is to do it (actions).
 */
owners: Array<ParticipantId>, 
/**
 * The owner as typed, where it fits nobody.
 */
owner_text: string, 
/**
 * By when (actions).
 */
due: string | null, 
/**
 * Whether it is done (actions).
 */
done: boolean, 
/**
 * The line as typed, with its marks and prefixes.
 */
raw: string, 
/**
 * `typed`, or the name of the imported file.
 */
source: string, 
/**
 * Line in the imported file, from 1; 0 = not imported.
 */
source_line: number, };

export type PointsOf = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which points.
 */
points: Array<PointId>, };

export type PointsPage = { 
/**
 * The points.
 */
points: Array<PointView>, 
/**
 * Whether there are earlier ones.
 */
more: boolean, };

export type PointsRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Only points before this one; none = from the end.
 */
before: PointId | null, 
/**
 * Only points of this item (not its sections); none = of all.
 */
item: ItemId | null, 
/**
 * Which of them.
 */
lens: Lens, 
/**
 * How many at most.
 */
limit: number, };

export type PreferenceValue = { 
/**
 * What it is about (`keys`, `zoom`).
 */
key: string, 
/**
 * Its value, JSON; empty = as it comes.
 */
value: string, };

export type PresenceRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * From when to when, in order; an open end = still here.
 */
presence: Array<Span>, };

export type Present = { 
/**
 * Who.
 */
author: AuthorId, 
/**
 * Their name.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * Where they are.
 */
whereabouts: Whereabouts, };

export type PrintedBlock = { 
/**
 * The item, passage or point behind it.
 */
origin: string | null, } & ({ "is": "title", 
/**
 * The words.
 */
text: string, } | { "is": "subtitle", 
/**
 * The words.
 */
text: string, } | { "is": "heading", 
/**
 * 1: Agenda, Discussion and the like. 2: an item. 3: a section. 4: below. 5: a heading among the passages.
 */
level: number, 
/**
 * "1.", "2.1"; empty = none.
 */
number: string, 
/**
 * The words.
 */
text: string, } | { "is": "paragraph", 
/**
 * The words.
 */
text: string, 
/**
 * Whether it leads into the list behind it.
 */
leads_in: boolean, } | { "is": "list", 
/**
 * Whether its entries have labels.
 */
ordered: boolean, 
/**
 * The entries.
 */
entries: Array<PrintedEntry>, } | { "is": "table", 
/**
 * The header cells.
 */
header: Array<string>, 
/**
 * Share of the width of each column, in percent.
 */
widths: Array<number>, 
/**
 * The rows.
 */
rows: Array<PrintedRow>, });

export type PrintedEntry = { 
/**
 * The item, passage, point or participant behind it.
 */
origin: string | null, 
/**
 * "1."; empty in an unordered list.
 */
label: string, 
/**
 * The words.
 */
text: string, };

export type PrintedRow = { 
/**
 * The point or vote behind it.
 */
origin: string | null, 
/**
 * The cells.
 */
cells: Array<string>, };

export type Quantifier = { 
/**
 * The word as it stands.
 */
word: string, 
/**
 * The word with whom it counts ("many participants"); stands so in the text.
 */
words: string, 
/**
 * How many people it asks for.
 */
needs: number, 
/**
 * Whether it holds; none = nobody can say, since a point behind it has no known speaker, or nothing is behind it.
 */
holds: boolean | null, };

export type Quorum = { 
/**
 * The rule as the series has it: `9`, `1/2`, `>1/2`, `50%`.
 */
rule: string, 
/**
 * How many have to be here.
 */
needed: number, 
/**
 * How many are.
 */
present: number, };

export type Reason = "unsigned" | "forged" | "tampered" | "no_right" | "unknown_key" | "waiting" | "malformed";

export type Recent = { 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * When last, UTC.
 */
at: string, };

export type RecordingRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * A link to it, or words about it; empty = none.
 */
recording: string, 
/**
 * When it began, UTC.
 */
starts: string | null, };

export type RegisterAsked = { 
/**
 * Of this series alone.
 */
series: SeriesId | null, 
/**
 * Actions that are not done.
 */
open: boolean, 
/**
 * Those that hold all these words, or beginnings of them; empty = all.
 */
words: string, };

export type ReportRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * What is chosen otherwise than the body has settled.
 */
choices?: Choices, };

export type ReportSettings = { 
/**
 * How people are named.
 */
naming: Naming, 
/**
 * Whether moderators, rapporteurs and presenters are named in any case.
 */
keep_officers: boolean, 
/**
 * Where decisions and actions stand.
 */
collected: Collected, 
/**
 * Whether the table of actions is parted by owner.
 */
by_owner: boolean, 
/**
 * Whether the lines of a page fill the measure; else they end where their words do.
 */
justified: boolean, 
/**
 * When "several" is several.
 */
thresholds: Thresholds, 
/**
 * The phrases that are offered for writing.
 */
phrases: Array<string>, };

export type ReportSettingsEditRequest = { 
/**
 * A meeting of the body.
 */
meeting: MeetingId, 
/**
 * How people are named.
 */
naming?: Naming, 
/**
 * Whether moderators, rapporteurs and presenters are named in any case.
 */
keep_officers?: boolean, 
/**
 * Where decisions and actions stand.
 */
collected?: Collected, 
/**
 * Whether the table of actions is parted by owner.
 */
by_owner?: boolean, 
/**
 * Whether the lines of a page fill the measure.
 */
justified?: boolean, 
/**
 * When "several" is several.
 */
thresholds?: Thresholds, 
/**
 * The phrases; none at all = the usual ones.
 */
phrases?: Array<string>, };

export type ReportView = { 
/**
 * The passages in order, by item.
 */
passages: Array<SectionPassage>, 
/**
 * How each section's points are covered, in the order of the report.
 */
sections: Array<SectionCounts>, 
/**
 * The document as it will print, block by block.
 */
blocks: Array<PrintedBlock>, 
/**
 * What is printed on every page; empty = nothing.
 */
notice: string, 
/**
 * The document as Markdown.
 */
markdown: string, 
/**
 * The settings with the choices in their place.
 */
settings: ReportSettings, };

export type Role = "observer" | "editor" | "scribe" | "owner";

export type RosterRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * The text.
 */
text: string, };

export type SearchRequest = { 
/**
 * Words; the last one counts as a prefix; `"a phrase"`; in any script. Filters: `speaker:`, `series:`, `kind:`,
 * `after:`, `before:`, `in:`.
 */
query: string, 
/**
 * How many hits at most.
 */
limit: number, };

export type Section = { 
/**
 * How its points are covered.
 */
counts: Counts, 
/**
 * Its points in order, and those from elsewhere that its passages rest on.
 */
points: Array<SectionPoint>, 
/**
 * Its passages in order.
 */
passages: Array<SectionPassage>, };

export type SectionCounts = { 
/**
 * The item; none = before the agenda.
 */
item: ItemId | null, 
/**
 * How its points are covered.
 */
counts: Counts, 
/**
 * How many passages it has.
 */
passages: number, };

export type SectionPassage = { 
/**
 * Its place among the passages of its item, from 1.
 */
number: number, 
/**
 * What stands before its words: "•", "2.", or nothing.
 */
label: string, 
/**
 * How many different people said what it rests on; for a lead-in, what its list rests on.
 */
people: number, 
/**
 * How many points that is.
 */
points: number, 
/**
 * Of these, points whose speaker nobody knows or names: there may be more people.
 */
unsure: number, 
/**
 * The words in it that say how many, and whether they hold.
 */
quantifiers: Array<Quantifier>, 
/**
 * Identity.
 */
id: PassageId, 
/**
 * The item it stands under; none = front matter.
 */
item: ItemId | null, 
/**
 * Place under the item.
 */
order: OrderKey, 
/**
 * How it is set.
 */
style: PassageStyle, 
/**
 * The words (inline text).
 */
text: string, 
/**
 * The points it rests on.
 */
sources: Array<PointId>, };

export type SectionPoint = { 
/**
 * What became of it.
 */
coverage: Coverage, 
/**
 * The passages that rest on it, in the order of the report.
 */
passages: Array<PassageId>, 
/**
 * Whether it was captured under another item, and stands here because a passage of this one rests on it.
 */
from_elsewhere: boolean, 
/**
 * Identity.
 */
id: PointId, 
/**
 * The agenda item; none before the first.
 */
item: ItemId | null, 
/**
 * Place among the points of the meeting.
 */
order: OrderKey, 
/**
 * When it was captured, UTC.
 */
at: string, 
/**
 * What sort of contribution.
 */
kind: Kind, 
/**
 * The words (inline text), as typed.
 */
text: string, 
/**
 * Whose words.
 */
attribution: Attribution, 
/**
 * What the attribution rests on.
 */
basis: Basis, 
/**
 * Which stranger, while `attribution` is unknown; 0 otherwise.
 */
unknown: number, 
/**
 * The speakers, in order, while `attribution` is named.
 */
speakers: Array<ParticipantId>, 
/**
 * The speaker as typed; kept after it was resolved.
 */
speaker_text: string, 
/**
 * The point that this one goes on from; its speaker is that one's, unless tagged itself.
 */
continues: PointId | null, 
/**
 * Off the record: kept in the internal companion, in no export unless asked for.
 */
internal: boolean, 
/**
 * On purpose not for the report.
 */
set_aside: boolean, 
/**
 * Who is to do it (actions).
 */
owners: Array<ParticipantId>, 
/**
 * The owner as typed, where it fits nobody.
 */
owner_text: string, 
/**
 * By when (actions).
 */
due: string | null, 
/**
 * Whether it is done (actions).
 */
done: boolean, 
/**
 * The line as typed, with its marks and prefixes.
 */
raw: string, 
/**
 * `typed`, or the name of the imported file.
 */
source: string, 
/**
 * Line in the imported file, from 1; 0 = not imported.
 */
source_line: number, };

export type SectionRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Of which item; none = before the agenda.
 */
item: ItemId | null, };

export type SeriesId = string;

export type SetAside = { 
/**
 * Which, in hexadecimal digits.
 */
message: string, 
/**
 * On which lane it came.
 */
lane: Lane, 
/**
 * Why.
 */
reason: Reason, 
/**
 * From whom, as far as that is known.
 */
sender: AuthorId | null, 
/**
 * The sender's name, if it is a member's.
 */
name: string, 
/**
 * When it came, UTC.
 */
at: string, };

export type SettleAs = { "as": "version", 
/**
 * Its change.
 */
change: string, } | { "as": "shown" } | { "as": "words", 
/**
 * These.
 */
text: string, };

export type SettleRequest = { 
/**
 * The meeting.
 */
meeting: MeetingId, 
/**
 * What it is about, as [`Contested`] names it.
 */
noun: string, 
/**
 * Which one.
 */
id: string, 
/**
 * Which of it.
 */
aspect: string, 
/**
 * How.
 */
choice: SettleAs, };

export type ShareAddressRequest = { 
/**
 * The meeting.
 */
meeting: MeetingId, 
/**
 * The hub's servers.
 */
servers: Array<string>, 
/**
 * A file of credentials; empty = none.
 */
credentials: string, 
/**
 * A file with the certificate of the hub's authority; empty = the system's.
 */
authority: string, };

export type ShareFileRequest = { 
/**
 * The meeting.
 */
meeting: MeetingId, 
/**
 * The new file.
 */
path: string, 
/**
 * Whoever has the file can join in this role; none = for members only.
 */
invite: Role | null, 
/**
 * Whether what is off the record goes with it.
 */
internal: boolean, };

export type ShareInviteRequest = { 
/**
 * The meeting.
 */
meeting: MeetingId, 
/**
 * As what one joins by it.
 */
role: Role, };

export type ShareJoinRequest = { 
/**
 * The invitation's text, as pasted.
 */
text: string, 
/**
 * The name under which others see this archive's user.
 */
name: string, };

export type ShareRequest = { 
/**
 * The meeting.
 */
meeting: MeetingId, 
/**
 * The hub's servers; none = by file only.
 */
servers: Array<string>, 
/**
 * The name under which others see this archive's user.
 */
name: string, };

export type ShareState = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * What this archive may do in it.
 */
role: Role, 
/**
 * Whether that still stands.
 */
standing: Standing, 
/**
 * Where the laptops meet.
 */
servers: Array<string>, 
/**
 * This archive's file of credentials for them; empty = none.
 */
credentials: string, 
/**
 * The file with the certificate of their authority; empty = the system's.
 */
authority: string, 
/**
 * Who belongs to it.
 */
members: Array<Member>, 
/**
 * The invitations; empty for who is not the owner.
 */
invitations: Array<Invited>, 
/**
 * How many changes of this archive nobody has acknowledged yet.
 */
waiting: number, 
/**
 * When the hub was last reached, UTC.
 */
contact: string | null, 
/**
 * How many messages are set aside.
 */
aside: number, };

export type ShareWithdrawRequest = { 
/**
 * The meeting.
 */
meeting: MeetingId, 
/**
 * Whom.
 */
whom: WithdrawWhom, };

export type SharedFile = { 
/**
 * How many messages it holds.
 */
messages: number, };

export type SharedFileRequest = { 
/**
 * The file.
 */
path: string, 
/**
 * The name under which others see this archive's user, where the file lets join.
 */
name: string, };

export type SharedFileTaken = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * How many changes were new.
 */
changes: number, 
/**
 * How many messages were set aside.
 */
aside: number, };

export type Span = { 
/**
 * When it began, UTC.
 */
from: string, 
/**
 * When it ended, UTC; none while it goes on.
 */
to: string | null, };

export type Spoken = { 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * For how many seconds, in turns that have ended.
 */
seconds: number, 
/**
 * In how many turns, the one that goes on included.
 */
turns: number, };

export type Standing = "good" | "withdrawn" | "unproved";

export type Thresholds = { 
/**
 * "some", "a few".
 */
some: number, 
/**
 * "several".
 */
several: number, 
/**
 * "many".
 */
many: number, };

export type TimeStyle = "dot" | "colon";

export type Turn = { 
/**
 * Identity.
 */
id: TurnId, 
/**
 * Who; none while `speaker_text` is unresolved.
 */
participant: ParticipantId | null, 
/**
 * The name as typed.
 */
speaker_text: string, 
/**
 * Why.
 */
kind: TurnKind, 
/**
 * What about.
 */
reason: string, 
/**
 * Place in the queue.
 */
order: OrderKey, 
/**
 * When asked, UTC.
 */
asked: string, 
/**
 * When the floor was given, UTC.
 */
began: string | null, 
/**
 * When it was given up, UTC.
 */
ended: string | null, };

export type TurnAddRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Who.
 */
participant: ParticipantId, 
/**
 * Why.
 */
kind: TurnKind, 
/**
 * What about.
 */
reason: string, 
/**
 * Before all who wait.
 */
front: boolean, };

export type TurnEditRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which turn.
 */
turn: TurnId, 
/**
 * New kind.
 */
kind: TurnKind | null, 
/**
 * New reason.
 */
reason: string | null, };

export type TurnId = string;

export type TurnKind = "new_topic" | "reply" | "clarifying" | "point_of_order";

export type TurnMoveRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which turn.
 */
turn: TurnId, 
/**
 * Before which turn; none = at the end.
 */
before: TurnId | null, };

export type TurnRequest = { 
/**
 * Which meeting.
 */
meeting: MeetingId, 
/**
 * Which turn.
 */
turn: TurnId, };

export type Understood = { 
/**
 * `point`, or the command in a word (`topic`, `present`, `queue`, …), or `blank`.
 */
what: string, 
/**
 * In words, for a command ("Open item 3, Licence notice").
 */
words: string, 
/**
 * Of a point: its kind.
 */
kind: Kind, 
/**
 * Of a point: whether off the record.
 */
internal: boolean, 
/**
 * Of a point: who speaks.
 */
speaker: UnderstoodSpeaker, 
/**
 * Of an action: the owners that resolve.
 */
owners: Array<ParticipantId>, 
/**
 * Of an action: the owner as typed, where it fits nobody.
 */
owner_text: string, 
/**
 * Of an action: the due date (ISO).
 */
due: string | null, 
/**
 * How many bytes at the line's start are its prefix (speaker, kind).
 */
prefix: number, };

export type UnderstoodSpeaker = { 
/**
 * The attribution that the point would get.
 */
attribution: Attribution, 
/**
 * What it rests on.
 */
basis: Basis, 
/**
 * The participant.
 */
participants: Array<ParticipantId>, 
/**
 * As typed.
 */
text: string, 
/**
 * How many participants the text fits, where it is unresolved.
 */
matches: number, };

export type Undone = { 
/**
 * In words; none = there was nothing to take back.
 */
label: string | null, 
/**
 * What was left as it is, because it was changed since, in words.
 */
left: Array<string>, 
/**
 * Whether the meeting itself is gone by it; redo brings it back.
 */
gone: boolean, };

export type Whereabouts = { 
/**
 * The agenda item that is open before them.
 */
item: ItemId | null, 
/**
 * The point that they are editing.
 */
point: PointId | null, };

export type Who = { "is": "named", 
/**
 * At least one.
 */
speakers: Array<ParticipantId>, } | { "is": "nobody" } | { "is": "unknown", 
/**
 * Which stranger; 0 = a new one, the same for all the points.
 */
number: number, } | { "is": "untagged" };

export type WithdrawWhom = { "kind": "invitation", 
/**
 * Its key.
 */
key: string, } | { "kind": "member", 
/**
 * Who.
 */
author: AuthorId, };
