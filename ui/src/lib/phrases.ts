// Phrases of the field, the user's own: found by what is typed, put in at the caret.

import { bare } from "./roster";

/** Phrases in which every word that is typed begins a word; in their own order. */
export function phrasesFor(phrases: readonly string[], typed: string): { phrase: string; at: number }[] {
  const wanted = bare(typed).split(/\s+/u).filter(Boolean);
  return phrases
    .map((phrase, at) => ({ phrase, at }))
    .filter(({ phrase }) => {
      const words = bare(phrase).split(/[^\p{L}\p{N}]+/u);
      return wanted.every((one) => words.some((word) => word.startsWith(one)));
    });
}

/** A phrase as it is put in. `gap` is where the caret selects what is to be filled in; open at its end, one types on. */
export function opening(phrase: string): { text: string; gap: readonly [number, number] } {
  const open = phrase.replace(/\s*(?:…|\.\.\.)\s*$/u, "");
  const text = open === phrase && /[.:!?]$/u.test(phrase) ? phrase : `${open} `;
  const gap = /…|\.\.\./u.exec(text);
  return { text, gap: gap === null ? [text.length, text.length] : [gap.index, gap.index + gap[0].length] };
}

/** With one changed, put in (at = the end) or, empty, taken out. */
export function rewritten(phrases: readonly string[], at: number, phrase: string): string[] {
  const text = phrase.trim();
  const next = [...phrases];
  if (text === "") next.splice(at, 1);
  else next[Math.min(at, next.length)] = text;
  return next;
}

/** With one moved by a place. */
export function shifted(phrases: readonly string[], at: number, by: 1 | -1): string[] {
  const to = at + by;
  const next = [...phrases];
  const [one] = next.splice(at, 1);
  if (one === undefined || to < 0 || to > next.length) return [...phrases];
  next.splice(to, 0, one);
  return next;
}
