//! What the commands of the report view do.

use super::Later;
use super::commands::{done, first_of, points_named, sentence};
use super::types::*;
use crate::archive::{Archive, Snapshot};
use crate::document::Part;
use crate::edit::passage::{self, Place};
use crate::edit::{body, point};
use crate::error::{Error, Result};
use crate::export;
use crate::minutes::{Block, Content, compose, draft::with_drafts, lint, mentions, section as sections};
use crate::model::inline::write;
use crate::model::{Passage, PassageId, ReportSettings};
use crate::publish;
use crate::store::queries;

pub(in crate::api) fn report(archive: &mut Archive, request: ReportRequest) -> Result<Later<ReportView>> {
    let read = archive.snapshot(request.meeting)?;
    Ok(Later::of(move || {
        let Snapshot { record, settings } = &*read;
        let choices = request.choices.unwrap_or_default();
        let minutes = compose(record, &choices.options(DocumentKind::Report, settings));
        let settings = choices.over(settings);
        Ok(ReportView {
            passages: sections::all_passages(record, &settings),
            sections: sections::counts(record, &settings),
            markdown: export::markdown(&minutes),
            blocks: minutes.blocks.into_iter().map(printed).collect(),
            notice: minutes.notice,
            settings,
        })
    }))
}

pub(in crate::api) fn pages(archive: &mut Archive, request: PagesRequest) -> Result<Later<Pages>> {
    let read = archive.snapshot(request.meeting)?;
    Ok(Later::of(move || {
        let Snapshot { record, settings } = &*read;
        let options = request
            .choices
            .unwrap_or_default()
            .options(DocumentKind::Report, settings);
        let drafted;
        let record = if request.drafts.is_empty() {
            record
        } else {
            drafted = with_drafts(record, request.drafts);
            &drafted
        };
        Ok(publish::pages(record, &options, &request.wanted, request.find))
    }))
}

fn printed(block: Block) -> PrintedBlock {
    let cells = |cells: &[crate::model::inline::Inlines]| cells.iter().map(|cell| write(cell)).collect();
    PrintedBlock {
        origin: block.origin,
        content: match block.content {
            Content::Title(text) => Printed::Title { text: write(&text) },
            Content::Subtitle(text) => Printed::Subtitle { text: write(&text) },
            Content::Heading { level, number, text } => Printed::Heading {
                level,
                number,
                text: write(&text),
            },
            Content::Paragraph { text, leads_in } => Printed::Paragraph {
                text: write(&text),
                leads_in,
            },
            Content::List { ordered, entries } => Printed::List {
                ordered,
                entries: entries
                    .into_iter()
                    .map(|entry| PrintedEntry {
                        origin: entry.origin,
                        label: entry.label,
                        text: write(&entry.text),
                    })
                    .collect(),
            },
            Content::Table { header, widths, rows } => Printed::Table {
                header: cells(&header),
                widths,
                rows: rows
                    .into_iter()
                    .map(|row| PrintedRow {
                        origin: row.origin,
                        cells: cells(&row.cells),
                    })
                    .collect(),
            },
        },
    }
}

pub(in crate::api) fn section(archive: &mut Archive, request: SectionRequest) -> Result<Later<Section>> {
    let read = archive.snapshot(request.meeting)?;
    Ok(Later::of(move || {
        Ok(sections::section(&read.record, &read.settings, request.item))
    }))
}

fn place_of(place: Option<PlaceInSection>) -> Place {
    match place.unwrap_or_default() {
        PlaceInSection { behind: Some(id), .. } => Place::Behind(id),
        PlaceInSection { before: Some(id), .. } => Place::Before(id),
        PlaceInSection { .. } => Place::End,
    }
}

/// `passage`, `3 passages`.
fn passages_named(count: usize) -> String {
    match count {
        1 => "passage".to_owned(),
        count => format!("{count} passages"),
    }
}

fn first(passages: &[PassageId]) -> Option<uuid::Uuid> {
    passages.first().map(|id| id.0)
}

pub(in crate::api) fn passage_add(archive: &mut Archive, request: PassageAddRequest) -> Result<Captured> {
    let into = match &request.becomes {
        Becomes::Paragraph => "made a paragraph",
        Becomes::Bullets => "made bullets",
        Becomes::Numbers => "made a numbered list",
        Becomes::List { .. } => "made a list with a lead-in",
        Becomes::Into { .. } => "taken into a passage",
    };
    let words = format!("{} {into}", points_named(request.points.len()));
    let ids = archive.write(request.meeting, &words, |edit| {
        passage::promote(
            edit,
            request.id,
            &request.points,
            &request.becomes,
            request.item,
            place_of(request.place),
        )
    })?;
    Ok(done(first(&ids), sentence(&words)))
}

pub(in crate::api) fn passage_write(archive: &mut Archive, request: PassageWriteRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "passage written", |edit| {
        passage::write(
            edit,
            request.id,
            &request.style,
            &request.text,
            request.item,
            place_of(request.place),
        )
    })?;
    Ok(done(Some(id.0), "Passage written"))
}

pub(in crate::api) fn passage_editor(archive: &mut Archive, request: PassageRequest) -> Result<Editor> {
    let found: Passage = queries::passage(archive.conn(), request.meeting, request.passage)?;
    let rev = archive.rev(request.meeting, Part::Meeting)?;
    Ok(Editor { text: found.text, rev })
}

pub(in crate::api) fn passage_edit(archive: &mut Archive, request: PassageEditRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "passage changed", |edit| {
        passage::change(edit, request.passage, request.rev.as_deref(), &request.text)
    })?;
    Ok(done(Some(id), "Passage changed"))
}

pub(in crate::api) fn passage_style(archive: &mut Archive, request: PassageStyleRequest) -> Result<Captured> {
    let words = format!("{} set as {}", passages_named(request.passages.len()), request.style);
    archive.write(request.meeting, &words, |edit| {
        passage::set_style(edit, &request.passages, &request.style)
    })?;
    Ok(done(first(&request.passages), sentence(&words)))
}

pub(in crate::api) fn passage_move(archive: &mut Archive, request: PassageMoveRequest) -> Result<Captured> {
    let words = format!("{} moved", passages_named(request.passages.len()));
    archive.write(request.meeting, &words, |edit| {
        passage::place(edit, &request.passages, request.item, place_of(request.place))
    })?;
    Ok(done(first(&request.passages), sentence(&words)))
}

pub(in crate::api) fn passage_join(archive: &mut Archive, request: PassagesOf) -> Result<Captured> {
    let words = format!("{} joined", passages_named(request.passages.len()));
    let id = archive.write(request.meeting, &words, |edit| passage::join(edit, &request.passages))?;
    Ok(done(Some(id.0), sentence(&words)))
}

pub(in crate::api) fn passage_split(archive: &mut Archive, request: PassageSplitRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "passage split", |edit| {
        passage::split(
            edit,
            request.id,
            request.passage,
            &request.rev,
            &request.first,
            &request.second,
        )
    })?;
    Ok(done(Some(id.0), "Passage split"))
}

pub(in crate::api) fn passages_to_section(
    archive: &mut Archive,
    request: PassagesToSectionRequest,
) -> Result<Captured> {
    let words = format!("{} made a section", passages_named(request.passages.len()));
    let id = archive.write(request.meeting, &words, |edit| {
        passage::to_section(edit, &request.passages, &request.title)
    })?;
    Ok(done(Some(id.0), sentence(&words)))
}

pub(in crate::api) fn passage_sources(archive: &mut Archive, request: PassageSourcesRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "sources of a passage changed", |edit| {
        passage::set_sources(edit, request.passage, &request.add, &request.remove)
    })?;
    Ok(done(Some(id), "Sources changed"))
}

pub(in crate::api) fn passage_delete(archive: &mut Archive, request: PassagesOf) -> Result<Captured> {
    let words = format!("{} deleted", passages_named(request.passages.len()));
    archive.write(request.meeting, &words, |edit| passage::delete(edit, &request.passages))?;
    Ok(done(first(&request.passages), sentence(&words)))
}

pub(in crate::api) fn point_set_aside(archive: &mut Archive, request: PointAsideRequest) -> Result<Captured> {
    let way = if request.set_aside {
        "set aside"
    } else {
        "taken up again"
    };
    let words = format!("{} {way}", points_named(request.points.len()));
    archive.write(request.meeting, &words, |edit| {
        point::set_aside(edit, &request.points, request.set_aside)
    })?;
    Ok(done(first_of(&request.points), sentence(&words)))
}

pub(in crate::api) fn mention_offers(archive: &mut Archive, request: MentionsRequest) -> Result<Vec<MentionOffer>> {
    let roster = queries::participants(archive.conn(), request.meeting)?;
    let text = &request.text;
    let offer = |offer: mentions::Offer| {
        let words = text.get(offer.at.clone()).unwrap_or_default().to_owned();
        let mended = match offer.participants.as_slice() {
            [one] => mentions::replaced(text, &offer.at, &mentions::mention(&words, *one)),
            _ => None,
        };
        MentionOffer {
            from: utf16(text, offer.at.start),
            to: utf16(text, offer.at.end),
            words,
            participants: offer.participants,
            mended,
        }
    };
    Ok(mentions::offers(text, &roster).into_iter().map(offer).collect())
}

/// A place in a text in the units that the window counts in.
fn utf16(text: &str, byte: usize) -> u32 {
    let units = text.get(..byte).unwrap_or_default().encode_utf16().count();
    u32::try_from(units).unwrap_or(u32::MAX)
}

fn found(read: &Snapshot, choices: Option<Choices>) -> Vec<Finding> {
    lint::lint(&read.record, &choices.unwrap_or_default().over(&read.settings))
}

pub(in crate::api) fn lint(archive: &mut Archive, request: ReportRequest) -> Result<Later<Vec<Finding>>> {
    let read = archive.snapshot(request.meeting)?;
    Ok(Later::of(move || Ok(found(&read, request.choices))))
}

pub(in crate::api) fn finding_mend(archive: &mut Archive, request: FindingRequest) -> Result<Later<Captured>> {
    let read = archive.snapshot(request.meeting)?;
    let look = move || {
        let found = found(&read, request.choices);
        let Some(finding) = found.into_iter().find(|finding| finding.id == request.finding) else {
            return Err(Error::NotFound(
                "this was mended meanwhile; nothing was changed".to_owned(),
            ));
        };
        let Some(mend) = finding.mend else {
            return Err(Error::Invalid(
                "this can only be mended by hand; nothing was changed".to_owned(),
            ));
        };
        Ok((finding.message, mend))
    };
    Ok(Later::written(look, move |archive, (message, mend)| {
        let words = format!("mended: {message}");
        let id = archive.write(request.meeting, &words, |edit| passage::mend(edit, &mend.act))?;
        Ok(done(Some(id), mend.words))
    }))
}

pub(in crate::api) fn report_settings(archive: &mut Archive, request: MeetingRequest) -> Result<ReportSettings> {
    archive.report_settings(request.meeting)
}

pub(in crate::api) fn report_settings_edit(
    archive: &mut Archive,
    request: ReportSettingsEditRequest,
) -> Result<Captured> {
    let changes = body::ReportChanges {
        naming: request.naming,
        keep_officers: request.keep_officers,
        collected: request.collected,
        by_owner: request.by_owner,
        justified: request.justified,
        thresholds: request.thresholds,
        phrases: request.phrases,
    };
    let id = archive.write(request.meeting, "settings of the report", |edit| {
        body::change_report(edit, changes)
    })?;
    Ok(done(Some(id), "Settings of the report changed"))
}
