// What the editor of a passage knows beside its keys: marks typed as signs, a name begun with `@`, words told apart,
// what is pasted.

import { InputRule, inputRules } from "prosemirror-inputrules";
import { Fragment, Slice, type MarkType, type Node } from "prosemirror-model";
import type { EditorState, Plugin, Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

import type { PassageStyle } from "./bindings";
import type { Marked } from "./page";
import { opened, schema } from "./prose";

/** The words of the line, one unit for each place in the document. */
export function spaced(doc: Node): string {
  return (doc.firstChild?.children ?? []).map((node) => (node.isText ? (node.text ?? "") : "\uFFFC")).join("");
}

/** The name begun with `@` before the caret. */
export function wanted(state: EditorState): { from: number; to: number; typed: string } | null {
  const { from, empty } = state.selection;
  if (!empty) return null;
  const before = spaced(state.doc).slice(0, from - 1);
  const found = /(?:^|[\s(\uFFFC])@([^\s@\uFFFC][^@\uFFFC]{0,40})?$/u.exec(before);
  if (found === null) return null;
  const typed = found[1] ?? "";
  return { from: from - typed.length - 1, to: from, typed };
}

/** Puts somebody's name into the text. */
export function named(state: EditorState, from: number, to: number, label: string, participant: string): Transaction {
  return state.tr.replaceWith(from, to, schema.node("mention", { participant, label }));
}

/** The text as another, changed only where the two differ: the caret stays where it was. */
export function retold(state: EditorState, source: string): Transaction {
  const next = opened(source);
  const from = state.doc.content.findDiffStart(next.content);
  if (from === null) return state.tr;
  const end = state.doc.content.findDiffEnd(next.content);
  if (end === null) return state.tr;
  const over = from - Math.min(end.a, end.b);
  const add = Math.max(0, over);
  return state.tr.replace(from, end.a + add, next.slice(from, end.b + add)).setMeta("addToHistory", false);
}

/** Words told apart, as they stand in the line. */
export function told(doc: Node, marks: readonly Marked[]): DecorationSet {
  const text = spaced(doc);
  const found = marks.flatMap(({ words, as }) => {
    const at = words === "" ? -1 : text.indexOf(words);
    return at < 0 ? [] : [Decoration.inline(at + 1, at + 1 + words.length, { class: as })];
  });
  return DecorationSet.create(doc, found);
}

/** What is pasted, as one line: the blocks of it are parted by breaks. */
export function flattened(slice: Slice): Slice {
  const found: Node[] = [];
  const take = (fragment: Fragment): void => {
    fragment.forEach((node) => {
      if (node.isInline) found.push(node);
      else {
        if (found.length > 0 && node.content.size > 0) found.push(schema.node("hard_break"));
        take(node.content);
      }
    });
  };
  take(slice.content);
  return new Slice(Fragment.from(found), 0, 0);
}

function around(sign: RegExp, type: MarkType): InputRule {
  return new InputRule(sign, (state, match, start, end) => {
    const [whole = "", lead = "", inner = ""] = match;
    if (inner === "") return null;
    const from = start + lead.length;
    // The last sign of it is not in the document yet.
    const length = whole.length - lead.length - inner.length;
    const open = length / 2;
    return state.tr
      .delete(from + open + inner.length, end)
      .delete(from, from + open)
      .addMark(from, from + inner.length, type.create())
      .removeStoredMark(type);
  });
}

/** Signs that become what they mean as one types them; the next Backspace gives the signs back. */
export function signs(style: (style: PassageStyle) => void): Plugin {
  const beginning = (sign: RegExp, to: PassageStyle): InputRule =>
    new InputRule(sign, (state, _match, start, end) => {
      style(to);
      return state.tr.delete(start, end);
    });
  return inputRules({
    rules: [
      around(/(^|[\s(\uFFFC])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/u, schema.marks["strong"] as MarkType),
      around(/(^|[\s(\uFFFC])\*([^\s*](?:[^*]*[^\s*])?)\*$/u, schema.marks["emphasis"] as MarkType),
      around(/(^|[\s(\uFFFC])`([^`]+)`$/u, schema.marks["code"] as MarkType),
      beginning(/^[-•] $/u, "bullet"),
      beginning(/^\d{1,2}[.)] $/u, "number"),
      beginning(/^# $/u, "heading"),
    ],
  });
}
