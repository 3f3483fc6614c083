//! A finished report, in Markdown or plain text → facts, agenda, passages, participants.

use crate::model::text::clean;
use std::collections::{BTreeMap, BTreeSet};

use super::pieces::{Piece, Sort, pieces};
use super::shape::{Part, alike, apologies, long, number, part, split};
use super::{Plan, Problem, collected, facts};
use crate::env::Env;
use crate::minutes::words;
use crate::model::inline::{Inlines, literal, parse, plain, write};
use crate::model::outline::outline;
use crate::model::{
    Item, ItemId, ItemState, Meeting, MeetingId, MeetingState, OrderKey, Participant, ParticipantId, ParticipantState,
    Passage, PassageId, PassageStyle, Point, PointId,
};

/// Reads a report. Every line that is not blank ends in the plan: as a fact, or word for word; `name` is the file's,
/// for what is told of it.
#[must_use]
pub fn report(text: &str, name: &str, ids: &dyn Env) -> (Plan, Vec<Problem>) {
    let (text, told) = clean(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let mut meeting = Meeting::new(MeetingId(ids.fresh_id()));
    meeting.form.clear();
    meeting.document_kind.clear();
    meeting.state = MeetingState::Ended;
    let plan = Plan::new(meeting);
    let mut draft = Draft {
        ids,
        plan,
        problems: Vec::new(),
        labels: BTreeMap::new(),
        visited: BTreeSet::new(),
        item: None,
        path: Vec::new(),
        last: None,
        numbers: 0,
        collected: Vec::new(),
    };
    if told {
        draft.problem(
            1,
            format!("{name} holds control characters; each was replaced by U+FFFD"),
        );
    }
    draft.read(&pieces(&text));
    draft.take_collected(name);
    draft.finish();
    (draft.plan, draft.problems)
}

struct Draft<'a> {
    ids: &'a dyn Env,
    plan: Plan,
    problems: Vec<Problem>,
    /// The number that each item was printed with.
    labels: BTreeMap<ItemId, String>,
    /// The items that the discussion has come to.
    visited: BTreeSet<ItemId>,
    item: Option<ItemId>,
    /// The item under discussion and the sections around it.
    path: Vec<ItemId>,
    /// The last order key given, to any noun.
    last: Option<OrderKey>,
    /// How many numbered passages stand in a row.
    numbers: u32,
    /// The rows of the tables at the end.
    collected: Vec<collected::Found>,
}

impl Draft<'_> {
    fn problem(&mut self, line: u32, message: impl Into<String>) {
        self.problems.push(Problem {
            line,
            message: message.into(),
        });
    }

    fn order(&mut self) -> OrderKey {
        let key = OrderKey::after(self.last.as_ref(), self.ids.now());
        self.last = Some(key.clone());
        key
    }

    fn read(&mut self, pieces: &[Piece]) {
        let mut rest = pieces;
        if let Some((title, after)) = self.title(pieces) {
            self.plan.meeting.name = title;
            rest = after;
        }
        let lines: Vec<&Piece> = rest
            .iter()
            .take(3)
            .take_while(|piece| part(piece).is_none() && facts::is_title_line(piece))
            .collect();
        let taken = facts::title_lines(&mut self.plan.meeting, &lines);
        rest = rest.get(taken..).unwrap_or_default();
        if let Some((first, after)) = rest.split_first()
            && first.sort == Sort::Text
            && part(first).is_none()
            && facts::is_preamble(&plain(&first.inlines()))
        {
            self.plan.meeting.preamble = first.source();
            facts::preamble(&mut self.plan.meeting, &first.source());
            rest = after;
        }
        let mut now = Part::Front;
        let mut taken = 0;
        for (at, piece) in rest.iter().enumerate() {
            if at < taken {
                continue;
            }
            if let Some((rows, used)) = collected::tables(rest.get(at..).unwrap_or_default()) {
                self.collected.extend(rows);
                taken = at + used;
                continue;
            }
            if let Some(next) = part(piece) {
                if next != Part::Discussion {
                    self.numbers = 0;
                }
                now = next;
                continue;
            }
            if let Sort::Heading(level @ 1..=5) = piece.sort {
                now = Part::Discussion;
                self.heading(piece, level);
                continue;
            }
            match now {
                Part::Front => {
                    if piece.sort == Sort::Text {
                        self.problem(piece.line, "stands before the agenda; kept as front matter");
                    }
                    self.passage(piece, None);
                }
                Part::Agenda if self.begins_discussion(piece) => {
                    now = Part::Discussion;
                    self.discussed(piece, rest.get(at + 1));
                }
                Part::Agenda => self.agenda(piece),
                Part::Discussion => self.discussed(piece, rest.get(at + 1)),
                Part::People => self.person(piece),
            }
        }
    }

    /// The title and what follows it. In Markdown it is the first heading; what stands before is front matter.
    fn title<'p>(&mut self, pieces: &'p [Piece]) -> Option<(String, &'p [Piece])> {
        let first = pieces.first()?;
        if !first.markdown {
            let is_title = first.sort == Sort::Text && part(first).is_none();
            return is_title.then(|| (first.source(), pieces.get(1..).unwrap_or_default()));
        }
        let at = pieces.iter().position(|piece| matches!(piece.sort, Sort::Heading(_)))?;
        let above = pieces.iter().filter(|piece| piece.sort == Sort::Heading(1)).count();
        let title = pieces.get(at).filter(|piece| match piece.sort {
            // The only heading above all others is the title, whatever it says.
            Sort::Heading(1) => above == 1 || part(piece).is_none(),
            Sort::Heading(2) => part(piece).is_none(),
            _ => false,
        })?;
        for piece in pieces.get(..at).unwrap_or_default() {
            self.problem(piece.line, "stands before the title; kept as front matter");
            self.passage(piece, None);
        }
        Some((title.source(), pieces.get(at + 1..).unwrap_or_default()))
    }

    fn add_item(&mut self, parent: Option<ItemId>, label: &str, title: String) -> ItemId {
        let id = ItemId(self.ids.fresh_id());
        let mut item = Item::new(id, self.order(), title);
        item.parent = parent;
        self.plan.items.push(item);
        self.labels.insert(id, label.to_owned());
        id
    }

    fn agenda(&mut self, piece: &Piece) {
        let inlines = piece.inlines();
        let (label, title) = match piece.sort {
            Sort::Number(number) => (number.to_string(), inlines),
            _ => match number(&inlines, 1) {
                Some((label, title)) => (label, title),
                None if piece.sort == Sort::Bullet => (String::new(), inlines),
                None => {
                    self.problem(piece.line, "no item of the agenda; kept as front matter");
                    self.passage(piece, None);
                    return;
                }
            },
        };
        self.add_item(None, &label, write(&title));
    }

    /// Whether an entry of the agenda is the first heading of a discussion that has no heading of its own.
    fn begins_discussion(&self, piece: &Piece) -> bool {
        let Sort::Number(number) = piece.sort else { return false };
        !piece.markdown
            && self
                .listed(&number.to_string())
                .is_some_and(|item| alike(item, &piece.source()))
    }

    fn listed(&self, label: &str) -> Option<&Item> {
        self.plan.items.iter().find(|item| {
            item.parent.is_none()
                && !self.visited.contains(&item.id)
                && self.labels.get(&item.id).is_some_and(|own| own == label)
        })
    }

    fn discussed(&mut self, piece: &Piece, next: Option<&Piece>) {
        if !piece.markdown {
            let alone = next.is_none_or(|next| next.line > piece.line + 1);
            if let Sort::Number(number) = piece.sort {
                let known = self
                    .listed(&number.to_string())
                    .is_some_and(|item| alike(item, &piece.source()));
                let counted =
                    u32::try_from(self.visited.iter().filter(|id| self.is_top(**id)).count()).unwrap_or(0) + 1;
                if known
                    || (alone && self.numbers == 0 && number == counted && self.plan.items.len() < 1000 && !long(piece))
                {
                    self.open(1, &number.to_string(), piece.inlines());
                    return;
                }
            } else if piece.sort == Sort::Text
                && !long(piece)
                && let Some((label, title)) = number(&piece.inlines(), 2)
                && self.may_follow(&label)
            {
                self.open(label.split('.').count(), &label, title);
                return;
            }
        }
        if self.item.is_none() && piece.sort == Sort::Text {
            self.problem(piece.line, "stands under no item; kept as front matter");
        }
        self.passage(piece, self.item);
    }

    fn is_top(&self, id: ItemId) -> bool {
        self.plan
            .items
            .iter()
            .any(|item| item.id == id && item.parent.is_none())
    }

    /// Whether a section of that number can come next: it goes on in, or below, the item under discussion.
    fn may_follow(&self, label: &str) -> bool {
        let Some((above, own)) = label.rsplit_once('.') else {
            return false;
        };
        let parent = self
            .path
            .iter()
            .find(|id| self.labels.get(id).is_some_and(|label| label == above));
        let Some(parent) = parent else { return false };
        let siblings = self
            .plan
            .items
            .iter()
            .filter(|item| item.parent == Some(*parent))
            .count();
        own.parse::<usize>().is_ok_and(|own| own == siblings + 1)
    }

    fn heading(&mut self, piece: &Piece, level: u8) {
        let inlines = piece.inlines();
        let depth = usize::from(level.saturating_sub(2).max(1));
        let (label, title) = number(&inlines, depth).unwrap_or((String::new(), inlines));
        let depth = if level == 5 {
            label.split('.').count().max(3)
        } else {
            depth
        };
        self.open(depth, &label, title);
    }

    /// Opens an item of the agenda, or a section at that depth.
    fn open(&mut self, depth: usize, label: &str, heading: Inlines) {
        self.path.truncate(depth - 1);
        self.numbers = 0;
        let words = write(&heading);
        let known = if depth > 1 {
            None
        } else if label.is_empty() {
            let fits = |item: &&Item| item.parent.is_none() && !self.visited.contains(&item.id) && item.title == words;
            self.plan.items.iter().find(fits).map(|item| item.id)
        } else {
            self.listed(label).map(|item| item.id)
        };
        let id = match known {
            Some(id) => {
                if let Some(item) = self
                    .plan
                    .items
                    .iter_mut()
                    .find(|item| item.id == id && item.title != words)
                {
                    item.heading = words;
                }
                id
            }
            None => self.add_item(self.path.last().copied(), label, words),
        };
        self.visited.insert(id);
        self.path.push(id);
        self.item = Some(id);
    }

    fn passage(&mut self, piece: &Piece, item: Option<ItemId>) {
        let mut text = piece.source();
        let mut style = match piece.sort {
            Sort::Bullet => PassageStyle::Bullet,
            Sort::Number(_) => PassageStyle::Number,
            Sort::Heading(_) => PassageStyle::Heading,
            Sort::Text => PassageStyle::Paragraph,
        };
        // Numbers are counted when they are printed; one that would come out as another is kept as words.
        if let Sort::Number(number) = piece.sort {
            if number == self.numbers + 1 {
                self.numbers = number;
            } else {
                style = PassageStyle::Paragraph;
                text = format!("{number}. {text}");
                self.numbers = 0;
            }
        } else {
            self.numbers = 0;
        }
        let id = PassageId(self.ids.fresh_id());
        let order = self.order();
        self.plan.passages.push(Passage::new(id, item, order, style, text));
    }

    fn person(&mut self, piece: &Piece) {
        let list = piece.list();
        let words = plain(&list);
        if piece.sort == Sort::Text {
            if let Some(names) = apologies(&list) {
                for name in names {
                    self.add_person(vec![name], ParticipantState::Apologies);
                }
                return;
            }
            if piece.markdown || words.ends_with('.') || long(piece) {
                self.problem(piece.line, "no participant; kept as a passage after the discussion");
                self.passage(piece, self.last_discussed());
                return;
            }
        }
        self.add_person(split(&list), ParticipantState::Present);
    }

    fn add_person(&mut self, parts: Vec<Inlines>, state: ParticipantState) {
        let mut parts = parts.into_iter();
        let name = plain(&parts.next().unwrap_or_default()).replace('\n', " ");
        let id = ParticipantId(self.ids.fresh_id());
        let mut person = Participant::new(id, self.order(), name);
        person.roles = parts.map(|role| write(&role).replace('\n', " ")).collect();
        person.state = state;
        self.plan.participants.push(person);
    }

    /// The last item that the discussion has come to.
    fn last_discussed(&self) -> Option<ItemId> {
        let mut items = self.plan.items.iter().rev();
        items.find(|item| self.visited.contains(&item.id)).map(|item| item.id)
    }

    /// What stands in tables at the end becomes decisions and actions again; a vote that is told nowhere else, a passage.
    fn take_collected(&mut self, name: &str) {
        let at = self.plan.meeting.starts.unwrap_or_else(|| self.ids.now());
        let items: Vec<(ItemId, String)> = self.labels.iter().map(|(id, label)| (*id, label.clone())).collect();
        let last = self.last_discussed();
        for (line, row) in collected::together(std::mem::take(&mut self.collected)) {
            let order = self.order();
            if let collected::Row::Vote { text } = &row {
                if !collected::is_said(text, &self.plan.passages) {
                    let id = PassageId(self.ids.fresh_id());
                    let passage = Passage::new(id, last, order, PassageStyle::Paragraph, text.clone());
                    self.plan.passages.push(passage);
                }
                continue;
            }
            let mut point = Point::new(PointId(self.ids.fresh_id()), order, at, "");
            name.clone_into(&mut point.source);
            point.source_line = line;
            let around = collected::Around {
                participants: &self.plan.participants,
                items: &items,
                last,
            };
            let (point, problems) = collected::point(point, &row, &around, &mut self.plan.passages);
            self.plan.points.push(point);
            for message in problems {
                self.problem(line, message);
            }
        }
    }

    /// What can be said once all is read.
    fn finish(&mut self) {
        self.number_items();
        self.settle_states();
        let sources: Vec<&str> = self.plan.passages.iter().map(|passage| passage.text.as_str()).collect();
        facts::next_meeting(&mut self.plan.meeting, &sources);
        let preamble = self.plan.meeting.preamble.clone();
        if preamble.is_empty() {
            return;
        }
        if let Err(name) = facts::moderators(&mut self.plan.participants, &preamble) {
            self.problem(
                1,
                format!("it is not clear which participant the moderator “{name}” is; the preamble keeps the name"),
            );
        }
        let record = self.plan.record();
        let named: Vec<String> = record
            .participants
            .iter()
            .filter(|person| record.meeting.moderators.contains(&person.id))
            .map(|person| literal(person.name.trim()))
            .collect();
        if parse(&words::preamble(&self.plan.meeting, &named)) == parse(&preamble) {
            self.plan.meeting.preamble.clear();
        }
    }

    /// A number that is not the one that counting gives is kept as an override.
    fn number_items(&mut self) {
        let mut counts: BTreeMap<Option<ItemId>, u32> = BTreeMap::new();
        let mut printed: BTreeMap<ItemId, String> = BTreeMap::new();
        let mut overrides: BTreeMap<ItemId, String> = BTreeMap::new();
        for view in outline(self.plan.items.clone()) {
            let above = view
                .item
                .parent
                .and_then(|id| printed.get(&id))
                .map_or(String::new(), |label| format!("{label}."));
            let count = counts.entry(view.item.parent).or_default();
            let counted = format!("{above}{}", *count + 1);
            let wanted = self
                .labels
                .get(&view.item.id)
                .filter(|wanted| !wanted.is_empty() && **wanted != counted);
            let label = if let Some(wanted) = wanted {
                overrides.insert(view.item.id, wanted.clone());
                wanted.clone()
            } else {
                *count += 1;
                counted
            };
            printed.insert(view.item.id, label);
        }
        for item in &mut self.plan.items {
            if let Some(number) = overrides.remove(&item.id) {
                item.number = number;
            }
        }
    }

    /// An item whose only text is the sentence of a state has that state, and the sentence is written again from it.
    fn settle_states(&mut self) {
        let mut counts: BTreeMap<ItemId, usize> = BTreeMap::new();
        for passage in &self.plan.passages {
            if let Some(item) = passage.item {
                *counts.entry(item).or_default() += 1;
            }
        }
        let mut generated = BTreeSet::new();
        for item in &mut self.plan.items {
            if self.visited.contains(&item.id) {
                item.state = ItemState::Done;
            }
        }
        for passage in &self.plan.passages {
            let Some(id) = passage.item.filter(|id| counts.get(id) == Some(&1)) else {
                continue;
            };
            if passage.style != PassageStyle::Paragraph {
                continue;
            }
            let inlines = parse(&passage.text);
            let states = [ItemState::NoUpdate, ItemState::Deferred, ItemState::Skipped];
            let exact = states
                .into_iter()
                .find(|state| words::state(state, None).is_some_and(|sentence| parse(&sentence) == inlines));
            let state = match exact {
                Some(state) => {
                    generated.insert(passage.id);
                    state
                }
                None if plain(&inlines).to_lowercase().starts_with("no update ") => ItemState::NoUpdate,
                None => continue,
            };
            if let Some(item) = self.plan.items.iter_mut().find(|item| item.id == id) {
                item.state = state;
            }
        }
        self.plan.passages.retain(|passage| !generated.contains(&passage.id));
    }
}
