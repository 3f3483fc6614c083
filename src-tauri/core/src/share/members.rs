//! Who belongs to a meeting: a pure function of the set of statements, whatever order they came in.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::AuthorId;
use crate::model::share::{Lane, MessageId, Role, Standing};

use super::keys::PublicKey;
use super::statement::{Says, Statement};

/// Where trust begins: the invitation names the owner and the owner's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Root {
    /// The owner.
    pub owner: AuthorId,
    /// The owner's signing key.
    pub key: PublicKey,
}

/// A member as the statements have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What verifies their signatures.
    pub key: PublicKey,
    /// By this, keys are handed to them.
    pub box_key: PublicKey,
    /// Their name.
    pub name: String,
    /// By which invitations they came, and whether that still stands.
    pub grants: BTreeMap<PublicKey, (Role, Standing)>,
}

impl Known {
    /// The most that they may do; none while they are withdrawn.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        let standing = self.grants.values().filter(|(_, standing)| *standing == Standing::Good);
        standing.map(|(role, _)| *role).max()
    }

    /// The most that they ever might do.
    #[must_use]
    pub fn highest(&self) -> Option<Role> {
        self.grants.values().map(|(role, _)| *role).max()
    }
}

/// An invitation as the statements have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// What it lets do.
    pub role: Role,
    /// Whether it still stands.
    pub standing: Standing,
}

/// Who belongs to a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// The members by author, the owner among them.
    pub known: BTreeMap<AuthorId, Known>,
    /// The invitations by their public key.
    pub invitations: BTreeMap<PublicKey, Open>,
    /// Authors from before the sharing, for whom the owner answers.
    pub also: BTreeSet<AuthorId>,
    /// The owner.
    pub owner: AuthorId,
    limits: BTreeMap<(Lane, String), u64>,
    /// Parcels that were vouched for, and the most that one who did may do.
    vouched: BTreeMap<MessageId, Role>,
}

impl Members {
    /// Folds statements whose signatures were verified.
    pub fn fold<'a>(root: Root, statements: impl IntoIterator<Item = &'a Statement> + Clone) -> Self {
        let mut members = Self {
            owner: root.owner,
            ..Self::default()
        };
        let by_owner = |statement: &Statement| statement.author == root.owner && statement.key == root.key;
        let mut gone: BTreeSet<(AuthorId, PublicKey)> = BTreeSet::new();
        for statement in statements.clone().into_iter().filter(|one| by_owner(one)) {
            match &statement.says {
                Says::Founded { box_key, name, also } => {
                    members.also.extend(also);
                    members.meet(statement, *box_key, name, root.key, (Role::Owner, Standing::Good));
                }
                Says::Invited { invitation, role } if *role != Role::Owner => {
                    let open = members.invitations.entry(*invitation).or_insert(Open {
                        role: *role,
                        standing: Standing::Good,
                    });
                    open.role = open.role.min(*role);
                }
                Says::Withdrawn {
                    members: who, limits, ..
                } => {
                    gone.extend(who.iter().copied());
                    for limit in limits {
                        let known = members.limits.entry((limit.lane, limit.actor.clone())).or_default();
                        *known = limit.seq.max(*known);
                    }
                }
                _ => {}
            }
        }
        for statement in statements.clone().into_iter().filter(|one| by_owner(one)) {
            if let Says::Withdrawn {
                invitation: Some(invitation),
                ..
            } = &statement.says
                && let Some(open) = members.invitations.get_mut(invitation)
            {
                open.standing = Standing::Withdrawn;
            }
        }
        for statement in statements.clone() {
            if let Says::Joined {
                invitation,
                box_key,
                name,
                ..
            } = &statement.says
                && let Some(open) = members.invitations.get(invitation).copied()
                && statement.author != root.owner
            {
                let is_gone = gone.contains(&(statement.author, *invitation));
                let standing = if is_gone { Standing::Withdrawn } else { open.standing };
                members.meet(statement, *box_key, name, *invitation, (open.role, standing));
            }
        }
        for statement in statements {
            if let Says::Vouched { parcels } = &statement.says
                && members.signs_for(statement)
                && let Some(role) = members.role(statement.author)
            {
                for parcel in parcels {
                    let most = members.vouched.entry(*parcel).or_insert(role);
                    *most = role.max(*most);
                }
            }
        }
        members
    }

    /// Takes a member in, or another of their ways in. Of several names and box keys the least is taken: any will do, as
    /// long as it is the same everywhere.
    fn meet(&mut self, statement: &Statement, box_key: PublicKey, name: &str, by: PublicKey, grant: (Role, Standing)) {
        let known = self.known.entry(statement.author).or_insert_with(|| Known {
            key: statement.key,
            box_key,
            name: name.to_owned(),
            grants: BTreeMap::new(),
        });
        if (box_key, name) < (known.box_key, known.name.as_str()) {
            known.box_key = box_key;
            name.clone_into(&mut known.name);
        }
        known.grants.insert(by, grant);
    }

    fn signs_for(&self, statement: &Statement) -> bool {
        self.known
            .get(&statement.author)
            .is_some_and(|known| known.key == statement.key)
    }

    /// Whether a statement counts, or would if it were among those folded.
    #[must_use]
    pub fn admits(&self, root: Root, statement: &Statement) -> bool {
        match &statement.says {
            Says::Joined { invitation, .. } => {
                self.invitations.contains_key(invitation) && statement.author != root.owner
            }
            Says::Vouched { .. } => self.signs_for(statement),
            _ => statement.author == root.owner && statement.key == root.key,
        }
    }

    /// What an author may do; none for who is not, or not any more, a member.
    #[must_use]
    pub fn role(&self, author: AuthorId) -> Option<Role> {
        self.known.get(&author)?.role()
    }

    /// Whether a parcel of a member stands: by their role, within the limits of their withdrawal, or vouched for.
    #[must_use]
    pub fn stands<'a>(
        &self,
        author: AuthorId,
        lane: Lane,
        parcel: &MessageId,
        changes: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> bool {
        let Some(known) = self.known.get(&author) else {
            return false;
        };
        if known.role().is_some_and(|role| role.writes(lane)) {
            return true;
        }
        known.highest().is_some_and(|role| role.writes(lane))
            && (self.is_vouched(lane, parcel)
                || changes.into_iter().all(|(actor, seq)| {
                    let limit = self.limits.get(&(lane, actor.to_owned()));
                    limit.is_some_and(|limit| seq <= *limit)
                }))
    }

    /// Whether a member in good standing, who might have written it, vouched for a parcel.
    #[must_use]
    pub fn is_vouched(&self, lane: Lane, parcel: &MessageId) -> bool {
        self.vouched.get(parcel).is_some_and(|role| role.writes(lane))
    }

    /// Who was withdrawn, altogether.
    pub fn withdrawn(&self) -> impl Iterator<Item = AuthorId> {
        let gone = self.known.iter().filter(|(_, known)| known.role().is_none());
        gone.map(|(author, _)| *author)
    }
}
