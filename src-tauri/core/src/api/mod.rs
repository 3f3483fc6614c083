//! The one table of commands: name, request, response. The window calls nothing else, and its TypeScript types are
//! made from here.

mod commands;
mod importing;
mod people;
mod report;
mod review;
mod series;
mod sharing;
mod transcript;
mod types;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value as Json;

pub use importing::dropped;
pub use review::{contested, settled};
pub use types::*;

use crate::archive::Archive;
use crate::error::{Code, Error, Result};
use crate::model::share::{LogLine, SetAside, ShareState};
use crate::model::{
    ActionRow, Cue, DecisionRow, DirectoryPerson, Hit, MeetingId, PeopleAsked, RegisterAsked, ReportSettings,
};

/// What a refused command answers.
#[derive(Clone, Debug, Serialize)]
pub struct Refusal {
    /// What a caller can act upon.
    pub code: Code,
    /// What happened, what was kept, and what to do.
    pub message: String,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
        }
    }
}

/// Carries out a command of the table.
///
/// # Errors
/// A [`Refusal`] for every error; the archive is then as it was.
pub fn call(archive: &Mutex<Archive>, command: &str, request: Json) -> Result<Json, Refusal> {
    let answer = dispatch(&mut held(archive), command, request)?;
    match answer {
        Answer::Now(response) => Ok(response),
        Answer::Later(rest) => rest(archive).map_err(Refusal::from),
    }
}

/// What a command has to say.
enum Answer {
    Now(Json),
    /// Once this is done, for which the archive is free for others.
    Later(Rest<Json>),
}

/// Work for which nobody holds the archive: it takes it again where there is something to write at the end.
type Rest<R> = Box<dyn FnOnce(&Mutex<Archive>) -> Result<R>>;

/// The rest of a command that has read all it needs. It may take long on a long meeting, and nobody who writes a point
/// is to wait for it.
pub(in crate::api) struct Later<R>(Rest<R>);

impl<R> Later<R> {
    pub(in crate::api) fn of(rest: impl FnOnce() -> Result<R> + 'static) -> Self {
        Self(Box::new(|_| rest()))
    }

    /// What came of the work is written then, into a record that may have changed meanwhile.
    pub(in crate::api) fn written<T>(
        work: impl FnOnce() -> Result<T> + 'static,
        write: impl FnOnce(&mut Archive, T) -> Result<R> + 'static,
    ) -> Self {
        Self(Box::new(|archive| {
            let done = work()?;
            write(&mut held(archive), done)
        }))
    }
}

/// The archive, for as long as this is held. A command that panicked left nothing half done: its transaction rolled back.
fn held(archive: &Mutex<Archive>) -> MutexGuard<'_, Archive> {
    archive.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the functions behind the table return: the response itself, or the work that is left.
trait Answers<R> {
    fn answer(self) -> Result<Answer>;
}

impl<R: Serialize> Answers<R> for R {
    fn answer(self) -> Result<Answer> {
        Ok(Answer::Now(serde_json::to_value(self)?))
    }
}

impl<R: Serialize + 'static> Answers<R> for Later<R> {
    fn answer(self) -> Result<Answer> {
        Ok(Answer::Later(Box::new(|archive| {
            Ok(serde_json::to_value((self.0)(archive)?)?)
        })))
    }
}

/// The table: dispatch and bindings both come from it.
macro_rules! commands {
    ($($name:ident: $request:ty => $response:ty),* $(,)?) => {
        fn dispatch(archive: &mut Archive, command: &str, request: Json) -> Result<Answer> {
            match command {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request)
                        .map_err(|error| Error::Invalid(format!("the command {command} was called with something else: {error}")))?;
                    Answers::<$response>::answer(commands::$name(archive, request)?)
                })*
                _ => Err(Error::NotFound(format!("there is no command {command}"))),
            }
        }

        /// The TypeScript types of every command, as one file.
        ///
        /// # Panics
        /// When two different types have one name.
        #[must_use]
        pub fn bindings() -> String {
            let cfg = ts_rs::Config::default();
            let mut types = Types { cfg: &cfg, declarations: BTreeMap::new() };
            let mut table = String::new();
            $(
                ts_rs::TypeVisitor::visit::<$request>(&mut types);
                ts_rs::TypeVisitor::visit::<$response>(&mut types);
                table.push_str(&format!(
                    "  {}: [{}, {}];\n",
                    stringify!($name),
                    <$request as ts_rs::TS>::name(&cfg),
                    <$response as ts_rs::TS>::name(&cfg),
                ));
            )*
            ts_rs::TypeVisitor::visit::<crate::error::Code>(&mut types);
            ts_rs::TypeVisitor::visit::<Followed>(&mut types);
            ts_rs::TypeVisitor::visit::<DroppedFile>(&mut types);
            types.file(&table)
        }
    };
}

commands! {
    library: Nothing => Library,
    meeting_new: NewMeeting => MeetingId,
    meeting_next: MeetingRequest => MeetingId,
    meeting_delete: MeetingRequest => Captured,
    actions: RegisterAsked => Vec<ActionRow>,
    decisions: RegisterAsked => Vec<DecisionRow>,
    action_done: ActionDoneRequest => Captured,
    people: PeopleAsked => Vec<DirectoryPerson>,
    person_merge: PersonMergeRequest => Captured,
    person_merge_undo: Nothing => Undone,
    person_merge_redo: Nothing => Undone,
    person_split: ParticipantRequest => Captured,
    cues_around: CuesRequest => Vec<Cue>,
    cues: MeetingRequest => Vec<Cue>,
    cues_to_points: CuesOf => Captured,
    recording_set: RecordingRequest => Captured,
    import_kinds: Nothing => Vec<ImportKind>,
    import_preview: ImportFile => ImportPreview,
    import_apply: ImportApply => Imported,
    desk: MeetingRequest => Desk,
    points: PointsRequest => PointsPage,
    capture: CaptureRequest => Captured,
    understand: CaptureRequest => Understood,
    draft_set: DraftRequest => Nothing,
    warm: MeetingRequest => Nothing,
    meeting_state: MeetingStateRequest => Captured,
    item_take: ItemRequest => Captured,
    item_add: ItemAddRequest => Captured,
    item_edit: ItemEditRequest => Captured,
    item_move: ItemMoveRequest => Captured,
    item_remove: ItemRequest => Captured,
    heading_insert: HeadingRequest => Captured,
    participant_add: ParticipantAddRequest => Captured,
    participant_state: ParticipantStateRequest => Captured,
    participant_edit: ParticipantEditRequest => Captured,
    participant_remove: ParticipantRequest => Captured,
    participant_presence: PresenceRequest => Captured,
    roster_read: RosterRequest => Vec<Pasted>,
    participants_add: ParticipantsAddRequest => Captured,
    point_editor: PointRequest => Editor,
    point_edit: PointEditRequest => Captured,
    point_tag: PointTagRequest => Captured,
    point_delete: PointsOf => Captured,
    point_kind: PointKindRequest => Captured,
    point_item: PointItemRequest => Captured,
    point_place: PointPlaceRequest => Captured,
    point_split: PointSplitRequest => Captured,
    point_merge: PointsOf => Captured,
    point_internal: PointInternalRequest => Captured,
    moment: MomentRequest => Captured,
    floor_give: FloorRequest => Captured,
    turn_add: TurnAddRequest => Captured,
    turn_edit: TurnEditRequest => Captured,
    turn_move: TurnMoveRequest => Captured,
    turn_begin: TurnRequest => Captured,
    turn_withdraw: TurnRequest => Captured,
    body: MeetingRequest => Body,
    body_edit: BodyEditRequest => Captured,
    preferences: Nothing => Vec<PreferenceValue>,
    preference_set: PreferenceValue => Nothing,
    report: ReportRequest => ReportView,
    pages: PagesRequest => Pages,
    section: SectionRequest => Section,
    passage_add: PassageAddRequest => Captured,
    passage_write: PassageWriteRequest => Captured,
    passage_editor: PassageRequest => Editor,
    passage_edit: PassageEditRequest => Captured,
    passage_style: PassageStyleRequest => Captured,
    passage_move: PassageMoveRequest => Captured,
    passage_join: PassagesOf => Captured,
    passage_split: PassageSplitRequest => Captured,
    passages_to_section: PassagesToSectionRequest => Captured,
    passage_sources: PassageSourcesRequest => Captured,
    passage_delete: PassagesOf => Captured,
    point_set_aside: PointAsideRequest => Captured,
    mention_offers: MentionsRequest => Vec<MentionOffer>,
    lint: ReportRequest => Vec<Finding>,
    finding_mend: FindingRequest => Captured,
    report_settings: MeetingRequest => ReportSettings,
    report_settings_edit: ReportSettingsEditRequest => Captured,
    review: MeetingRequest => Vec<Contested>,
    settle: SettleRequest => Captured,
    undo: MeetingRequest => Undone,
    redo: MeetingRequest => Undone,
    share_state: MeetingRequest => Option<ShareState>,
    share_meeting: ShareRequest => ShareState,
    share_invite: ShareInviteRequest => InvitationText,
    share_withdraw: ShareWithdrawRequest => ShareState,
    share_join: ShareJoinRequest => MeetingId,
    share_address: ShareAddressRequest => ShareState,
    share_aside: MeetingRequest => Vec<SetAside>,
    share_log: MeetingRequest => Vec<LogLine>,
    share_to_file: ShareFileRequest => SharedFile,
    share_from_file: SharedFileRequest => SharedFileTaken,
    search: SearchRequest => Vec<Hit>,
    export: ExportRequest => Exported,
    grammar: Nothing => Vec<GrammarLine>,
}

/// Collects the declaration of each named type once, with everything it is made of.
struct Types<'a> {
    cfg: &'a ts_rs::Config,
    declarations: BTreeMap<String, String>,
}

impl ts_rs::TypeVisitor for Types<'_> {
    fn visit<T: ts_rs::TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(self.cfg);
            let declaration = T::decl(self.cfg);
            if let Some(known) = self.declarations.get(&name) {
                // Two types of one name would overwrite each other without a word.
                assert_eq!(
                    known, &declaration,
                    "two types are called {name}: rename one with #[ts(rename)]"
                );
                return;
            }
            self.declarations.insert(name, declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl Types<'_> {
    fn file(&self, table: &str) -> String {
        let mut file = String::from(
            "// Made by `cargo xtask bindings` from the table of commands in core. Do not edit.\n\n\
             /** Each command with its request and its response. */\nexport interface Commands {\n",
        );
        file.push_str(table);
        file.push_str("}\n\n/** What a refused command answers. */\nexport interface Refusal {\n  code: Code;\n  message: string;\n}\n");
        for declaration in self.declarations.values() {
            file.push_str("\nexport ");
            file.push_str(declaration);
            file.push('\n');
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use serde_json::json;

    use super::{Answer, Json, call, dispatch};
    use crate::Archive;
    use crate::env::SystemEnv;

    /// Whatever a command works out of the record of a long meeting, the archive is free meanwhile.
    #[test]
    fn a_point_is_written_while_the_report_is_worked_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(&folder.path().join("archive.sqlite"), Arc::new(SystemEnv)).unwrap();
        let meeting = crate::sample::make(&mut archive).unwrap();
        let archive = Mutex::new(archive);
        let to = folder.path().join("report.pdf");
        for (command, request) in [
            ("lint", json!({ "meeting": meeting })),
            ("report", json!({ "meeting": meeting })),
            ("section", json!({ "meeting": meeting, "item": null })),
            (
                "pages",
                json!({ "meeting": meeting, "wanted": [{ "page": 0, "lines": [] }] }),
            ),
            (
                "export",
                json!({ "meeting": meeting, "format": "pdf", "document": "report", "path": to }),
            ),
        ] {
            let before = call(&archive, command, request.clone()).unwrap();
            let answer = dispatch(&mut archive.lock().unwrap(), command, request.clone()).unwrap();
            let Answer::Later(rest) = answer else {
                panic!("{command} is worked out while the archive is held");
            };
            let line = json!({ "meeting": meeting, "line": format!("a point during {command}") });
            call(&archive, "capture", line).unwrap();
            assert_eq!(
                rest(&archive).unwrap(),
                before,
                "{command} is of the record as it was read"
            );
        }
    }

    /// A finding is looked for while others write, and mended only where it stands still.
    #[test]
    fn a_finding_is_mended_in_the_record_as_it_is_by_then() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(&folder.path().join("archive.sqlite"), Arc::new(SystemEnv)).unwrap();
        let meeting = crate::sample::make(&mut archive).unwrap();
        let archive = Mutex::new(archive);
        let of = |request: Json| {
            let mut request = request;
            request["meeting"] = json!(meeting);
            request
        };
        let ask = |command: &str, request: Json| call(&archive, command, of(request));
        let captured = |line: &str| ask("capture", json!({ "line": line })).unwrap()["id"].clone();
        let open = || -> Json {
            let found = ask("lint", json!({})).unwrap();
            let all = found.as_array().unwrap().iter();
            let mut uncovered =
                all.filter(|one| one["code"] == "uncovered" && one["excerpt"] == "nobody wrote this down");
            uncovered.next().map(|one| one["id"].clone()).unwrap_or_default()
        };
        let item = captured("topic: Something new");
        let into_passage = |point: &Json| {
            let becomes = json!({ "points": [point], "becomes": { "as": "paragraph" }, "item": item });
            ask("passage_add", becomes).unwrap()
        };
        into_passage(&captured("this is in the report"));
        let point = captured("nobody wrote this down");
        let finding = open();
        assert!(finding.is_string(), "{finding}");
        let mend = |finding: &Json| {
            let request = of(json!({ "finding": finding }));
            match dispatch(&mut archive.lock().unwrap(), "finding_mend", request).unwrap() {
                Answer::Later(rest) => rest,
                Answer::Now(_) => panic!("it is looked for while the archive is held"),
            }
        };

        // Another point comes meanwhile: the mend is for the one that was found.
        let rest = mend(&finding);
        captured("[off] this came meanwhile");
        assert_eq!(rest(&archive).unwrap()["id"], point);
        assert_eq!(open(), Json::Null);
        ask("undo", json!({})).unwrap();
        assert_eq!(open(), finding);

        // It gets into a passage meanwhile: nothing is left to mend, and it is not set aside.
        let rest = mend(&finding);
        into_passage(&point);
        let refusal = rest(&archive).unwrap_err();
        assert!(refusal.to_string().contains("meanwhile"), "{refusal}");
        let record = archive.lock().unwrap().record(meeting).unwrap();
        assert!(
            record
                .points
                .iter()
                .all(|view| !(view.point.set_aside && json!(view.point.id) == point))
        );
    }

    #[test]
    fn the_committed_bindings_are_those_of_the_table() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/bindings.ts");
        let made = super::bindings();
        if std::env::var_os("MINUTA_WRITE_BINDINGS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == made,
            "ui/src/lib/bindings.ts has drifted: run `cargo xtask bindings`"
        );
    }
}
