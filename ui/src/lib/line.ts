// What a key does to the line in the bar before it is entered. Pure: text in, text and caret out.

/** A line and where the caret stands in it. */
export interface Typed {
  text: string;
  caret: number;
}

const SPEAKER = /^\s*(?:@[^\s:：]+[:：]?|[^:：\n]{1,80}[:：])\s*/u;

/** The line without who speaks, where it says so. */
function said(text: string, hasSpeaker: boolean): string {
  return hasSpeaker ? text.replace(SPEAKER, "") : text;
}

/** The line as it stands, whatever it begins with; once more, and it is read as before. */
export function noSpeaker(text: string): Typed {
  const changed = text.startsWith("\\") ? text.slice(1) : `\\${text}`;
  return { text: changed, caret: changed.length };
}

/** The line as nobody's; once more, and it is whose it was. */
export function nobodys(text: string, hasSpeaker: boolean): Typed {
  const nobody = /^\*[:：]\s*/u.exec(text)?.[0];
  const changed = nobody === undefined ? `*: ${said(text, hasSpeaker)}` : text.slice(nobody.length);
  return { text: changed, caret: changed.length };
}

/** The line as somebody else's, who is chosen next: the caret stands behind the `@`. */
export function somebodys(text: string, hasSpeaker: boolean): Typed {
  const rest = said(text, hasSpeaker);
  return { text: rest === "" ? "@" : `@ ${rest}`, caret: 1 };
}

/** The lines of a text that say something. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
