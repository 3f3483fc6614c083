// What lint has found, in the order in which one works through it.

import type { Finding, ItemId } from "./bindings";
import type { IconName } from "./icons";

type FindingCode = Finding["code"];

/** Findings of the section in hand, and the others. */
export function parted(findings: readonly Finding[], item: ItemId | null): { here: Finding[]; elsewhere: Finding[] } {
  const here = item === null ? [] : findings.filter((one) => one.place.item === item);
  return { here, elsewhere: findings.filter((one) => !here.includes(one)) };
}

/** The finding that one comes to from another; from nowhere, the first or the last. */
export function following(order: readonly Finding[], from: string | null, by: 1 | -1): Finding | undefined {
  const at = order.findIndex((one) => one.id === from);
  if (at < 0) return by > 0 ? order[0] : order.at(-1);
  return order[(at + by + order.length) % order.length];
}

/** The finding that stays under the hand when the list has changed: itself, else the one that took its place. */
export function kept(before: readonly Finding[], after: readonly Finding[], current: string | null): string | null {
  if (current === null || after.some((one) => one.id === current)) return current;
  const at = before.findIndex((one) => one.id === current);
  const later = before.slice(at + 1).find((one) => after.some((other) => other.id === one.id));
  return at < 0 ? null : (later?.id ?? after.at(-1)?.id ?? null);
}

/** Its sign. Amber is what asks for somebody. */
export function sign(code: FindingCode): IconName {
  const signs: Partial<Record<FindingCode, IconName>> = {
    named: "person",
    almost_named: "person",
    stranger: "person",
    twice: "person",
    action_owner: "action",
    action_due: "action",
    acronym: "note",
    link: "note",
    fact: "note",
  };
  return signs[code] ?? "warn";
}

/** What stands under its words: where, and what it is about. */
export function beneath(finding: Finding, here: boolean): string {
  const { label } = finding.place;
  return [here ? "" : label, finding.excerpt].filter(Boolean).join(" · ");
}

