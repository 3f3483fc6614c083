// The words that a line may begin with, to complete them. What they do is the core's.

/** Words that are completed once two letters of them stand at a line's start. */
const WORDS = [
  "present+",
  "present-",
  "regrets+",
  "regrets-",
  "chair:",
  "scribe:",
  "topic:",
  "subtopic:",
  "agenda+",
  "agenda-",
  "action:",
  "decision:",
  "question:",
  "proposal:",
  "info:",
  "participant:",
  "meeting:",
  "date:",
  "recording:",
  "next meeting:",
  "close item",
];
const SLASHED = ["/next", "/take", "/skip", "/defer", "/noupdate", "/undo"];
const HASHED = ["#action", "#agreed", "#info", "#idea", "#help", "#link", "#topic", "#subtopic", "#undo"];
const ALONE = new Set(["/next", "/skip", "/defer", "/noupdate", "/undo", "#undo"]);
const MANY = 4;

/** The words that a line's beginning may become; none where it is plain speech, or may be too many. */
export function commands(line: string): string[] {
  if (/^[/#][a-z]*$/u.test(line)) return (line.startsWith("/") ? SLASHED : HASHED).filter((word) => word.startsWith(line) && word !== line);
  if (!/^[a-z]{2}[a-z ]*$/u.test(line)) return [];
  const found = WORDS.filter((word) => word.startsWith(line) && word !== line);
  return found.length <= MANY ? found : [];
}

/** A word as it is put in: with a blank where more is to come. */
export function wordIn(word: string): string {
  return ALONE.has(word) ? word : `${word} `;
}
