//! Who belongs to a meeting, from statements in any order.

use proptest::prelude::*;

use super::env;
use crate::model::share::{Lane, MessageId, Reason, Role, Standing};
use crate::model::{AuthorId, MeetingId};
use crate::share::keys::{Identity, PublicKey, Signed, SigningSecret};
use crate::share::members::{Members, Root};
use crate::share::statement::{Limit, Says, Statement, grant};

const MEETING: MeetingId = MeetingId(uuid::Uuid::from_u128(77));
const PARCEL: MessageId = MessageId([9; 32]);

/// Everybody in these tests: the owner is the first.
fn people() -> Vec<Identity> {
    (1..=5).map(|seed| Identity::fresh(&*env(seed)).unwrap()).collect()
}

fn root(people: &[Identity]) -> Root {
    Root {
        owner: AuthorId(uuid::Uuid::from_u128(1)),
        key: people[0].signing.public(),
    }
}

fn invitations() -> Vec<SigningSecret> {
    (11..=13)
        .map(|seed| SigningSecret::fresh(&*env(seed)).unwrap())
        .collect()
}

fn by(root: Root, who: &Identity, says: Says) -> Statement {
    let key = who.signing.public();
    let author = if key == root.key { root.owner } else { key.author() };
    Statement { author, key, says }
}

fn joined(root: Root, who: &Identity, invitation: &SigningSecret) -> Statement {
    let key = who.signing.public();
    let says = Says::Joined {
        invitation: invitation.public(),
        grant: grant(invitation, MEETING, key.author(), &key, &who.box_key()),
        box_key: who.box_key(),
        name: format!("{key}"),
    };
    by(root, who, says)
}

fn founded(root: Root, owner: &Identity) -> Statement {
    let says = Says::Founded {
        box_key: owner.box_key(),
        name: "Owner".to_owned(),
        also: Vec::new(),
    };
    by(root, owner, says)
}

fn invited(root: Root, owner: &Identity, invitation: &SigningSecret, role: Role) -> Statement {
    let says = Says::Invited {
        invitation: invitation.public(),
        role,
    };
    by(root, owner, says)
}

fn withdrawn(
    root: Root,
    owner: &Identity,
    invitation: Option<PublicKey>,
    members: Vec<(AuthorId, PublicKey)>,
) -> Statement {
    let says = Says::Withdrawn {
        invitation,
        members,
        limits: vec![Limit {
            lane: Lane::Meeting,
            actor: "aa".to_owned(),
            seq: 5,
        }],
    };
    by(root, owner, says)
}

/// Statements of every kind, good and bad.
fn population() -> (Root, Vec<Statement>) {
    let (people, invitations) = (people(), invitations());
    let root = root(&people);
    let owner = &people[0];
    let roles = [Role::Observer, Role::Editor, Role::Scribe];
    let mut all = vec![founded(root, owner)];
    for (invitation, role) in invitations.iter().zip(roles) {
        all.push(invited(root, owner, invitation, role));
        // Invited once more, as something else.
        all.push(invited(root, owner, invitation, Role::Editor));
        // And by somebody who is not the owner.
        all.push(invited(root, &people[4], invitation, Role::Scribe));
        for person in &people[1..] {
            all.push(joined(root, person, invitation));
        }
    }
    let author = |person: &Identity| person.signing.public().author();
    all.push(withdrawn(root, owner, Some(invitations[1].public()), Vec::new()));
    all.push(withdrawn(
        root,
        owner,
        None,
        vec![(author(&people[2]), invitations[2].public())],
    ));
    all.push(withdrawn(root, &people[3], Some(invitations[2].public()), Vec::new()));
    for person in &people[1..4] {
        all.push(by(root, person, Says::Vouched { parcels: vec![PARCEL] }));
    }
    (root, all)
}

proptest! {
    #[test]
    fn the_order_does_not_matter(
        chosen in proptest::sample::subsequence(population().1, 0..24),
        seed in any::<u64>(),
    ) {
        let (root, _) = population();
        let mut other: Vec<Statement> = chosen.clone();
        // Some twice, and all in another order.
        other.extend(chosen.iter().take(3).cloned());
        let mut state = seed | 1;
        for at in (1..other.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            other.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(Members::fold(root, &chosen), Members::fold(root, &other));
    }
}

#[test]
fn a_role_is_what_the_owner_granted() {
    let (people, invitations) = (people(), invitations());
    let root = root(&people);
    let author = people[1].signing.public().author();
    let mut all = vec![founded(root, &people[0]), joined(root, &people[1], &invitations[0])];
    // Joined by an invitation that nobody gave.
    assert_eq!(Members::fold(root, &all).role(author), None);
    all.push(invited(root, &people[2], &invitations[0], Role::Scribe));
    assert_eq!(Members::fold(root, &all).role(author), None);
    all.push(invited(root, &people[0], &invitations[0], Role::Observer));
    let members = Members::fold(root, &all);
    assert_eq!(members.role(author), Some(Role::Observer));
    assert!(!members.stands(author, Lane::Meeting, &PARCEL, [("aa", 1)]));
    assert_eq!(members.role(root.owner), Some(Role::Owner));
    // Another invitation lets do more.
    all.push(invited(root, &people[0], &invitations[2], Role::Scribe));
    all.push(joined(root, &people[1], &invitations[2]));
    let members = Members::fold(root, &all);
    assert_eq!(members.role(author), Some(Role::Scribe));
    assert!(members.stands(author, Lane::Internal, &PARCEL, [("aa", 1)]));
    // No invitation makes an owner.
    all.push(invited(root, &people[0], &invitations[1], Role::Owner));
    all.push(joined(root, &people[2], &invitations[1]));
    assert_eq!(
        Members::fold(root, &all).role(people[2].signing.public().author()),
        None
    );
}

#[test]
fn what_was_written_before_a_withdrawal_stands_and_no_more() {
    let (people, invitations) = (people(), invitations());
    let root = root(&people);
    let author = people[1].signing.public().author();
    let mut all = vec![
        founded(root, &people[0]),
        invited(root, &people[0], &invitations[0], Role::Editor),
        joined(root, &people[1], &invitations[0]),
        joined(root, &people[2], &invitations[0]),
        invited(root, &people[0], &invitations[1], Role::Observer),
        joined(root, &people[3], &invitations[1]),
        withdrawn(root, &people[0], None, vec![(author, invitations[0].public())]),
    ];
    let members = Members::fold(root, &all);
    assert_eq!(members.role(author), None);
    assert_eq!(members.withdrawn().collect::<Vec<_>>(), [author]);
    let stands = |members: &Members, changes: &[(&str, u64)]| {
        members.stands(author, Lane::Meeting, &PARCEL, changes.iter().copied())
    };
    assert!(stands(&members, &[("aa", 5), ("aa", 4)]));
    assert!(!stands(&members, &[("aa", 5), ("aa", 6)]));
    assert!(!stands(&members, &[("bb", 1)]));
    // Within the limits, but on a lane where they never might write.
    assert!(!members.stands(author, Lane::Internal, &PARCEL, [("aa", 1)]));
    // Who may not write cannot vouch for what was written; nor can who is withdrawn.
    for person in [1, 3] {
        all.push(by(root, &people[person], Says::Vouched { parcels: vec![PARCEL] }));
        assert!(!stands(&Members::fold(root, &all), &[("aa", 6)]));
    }
    all.push(by(root, &people[2], Says::Vouched { parcels: vec![PARCEL] }));
    let members = Members::fold(root, &all);
    assert!(stands(&members, &[("aa", 6)]));
    assert!(!members.stands(author, Lane::Meeting, &MessageId([1; 32]), [("aa", 6)]));
    // By another invitation they come back.
    all.push(invited(root, &people[0], &invitations[2], Role::Editor));
    all.push(joined(root, &people[1], &invitations[2]));
    assert_eq!(Members::fold(root, &all).role(author), Some(Role::Editor));
}

#[test]
fn an_invitation_that_is_withdrawn_takes_all_with_it_and_lets_nobody_in() {
    let (people, invitations) = (people(), invitations());
    let root = root(&people);
    let all = [
        founded(root, &people[0]),
        invited(root, &people[0], &invitations[0], Role::Editor),
        joined(root, &people[1], &invitations[0]),
        withdrawn(root, &people[0], Some(invitations[0].public()), Vec::new()),
        // As if it came only now.
        joined(root, &people[2], &invitations[0]),
    ];
    let members = Members::fold(root, &all);
    for person in &people[1..=2] {
        assert_eq!(members.role(person.signing.public().author()), None);
    }
    assert_eq!(
        members.invitations[&invitations[0].public()].standing,
        Standing::Withdrawn
    );
}

#[test]
fn a_statement_that_is_not_as_it_was_signed_is_none() {
    let (people, invitations) = (people(), invitations());
    let root = root(&people);
    let statement = joined(root, &people[1], &invitations[0]);
    let signed = statement.signed(MEETING, &people[1].signing).unwrap();
    assert_eq!(Statement::read(MEETING, &signed), Ok(statement.clone()));
    assert_eq!(Statement::read(MeetingId::default(), &signed), Err(Reason::Forged));
    for at in 0..signed.len() {
        let mut changed = signed.clone();
        changed[at] ^= 1;
        assert!(Statement::read(MEETING, &changed).is_err(), "byte {at}");
        assert!(Statement::read(MEETING, &signed[..at]).is_err(), "cut at {at}");
    }
    let mut unsigned = signed;
    unsigned[..64].fill(0);
    assert_eq!(Statement::read(MEETING, &unsigned), Err(Reason::Unsigned));
    // Signed by another than it says.
    let forged = statement.signed(MEETING, &people[2].signing).unwrap();
    assert_eq!(Statement::read(MEETING, &forged), Err(Reason::Forged));
    // Under somebody else's id.
    let mut stolen = statement.clone();
    stolen.author = root.owner;
    let stolen = stolen.signed(MEETING, &people[1].signing).unwrap();
    assert_eq!(Statement::read(MEETING, &stolen), Err(Reason::Forged));
    // By an invitation that did not grant it.
    let mut ungranted = statement;
    if let Says::Joined { grant, .. } = &mut ungranted.says {
        *grant = Signed([1; 64]);
    }
    let ungranted = ungranted.signed(MEETING, &people[1].signing).unwrap();
    assert_eq!(Statement::read(MEETING, &ungranted), Err(Reason::Forged));
}
