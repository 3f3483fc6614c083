// The marks of inline text, put around what is selected in an editor.

/** A text with what is selected in it. */
export interface Marked {
  text: string;
  from: number;
  to: number;
}

/** Puts a mark around the selection, or takes it away where it stands already. */
export function around({ text, from, to }: Marked, mark: "**" | "*"): Marked {
  const { length } = mark;
  const before = text.slice(0, from);
  const within = text.slice(from, to);
  const after = text.slice(to);
  const bold = before.endsWith("**") && after.startsWith("**");
  const there = mark === "**" ? bold : before.endsWith("*") && after.startsWith("*") && (!bold || (before.endsWith("***") && after.startsWith("***")));
  if (there) return { text: before.slice(0, -length) + within + after.slice(length), from: from - length, to: to - length };
  return { text: before + mark + within + mark + after, from: from + length, to: to + length };
}

/** Makes the selection a link's words, with the caret where its address goes. An address becomes a link's address. */
export function linked({ text, from, to }: Marked): Marked {
  const within = text.slice(from, to);
  const address = /^(?:https?:\/\/|mailto:)\S+$/u.test(within);
  const label = address ? "" : within;
  const made = `[${label}](${address ? within : ""})`;
  const caret = address || label === "" ? from + 1 : from + label.length + 3;
  return { text: text.slice(0, from) + made + text.slice(to), from: caret, to: caret };
}

/** The two texts that a caret divides; null where one of them would be empty. */
export function divided(text: string, caret: number): [string, string] | null {
  const first = text.slice(0, caret).trim();
  const second = text.slice(caret).trim();
  return first === "" || second === "" ? null : [first, second];
}
