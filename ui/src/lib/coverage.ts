// What became of the points of a section, and who stands behind a passage, in words.

import type { Counts, Coverage, ItemId, SectionPassage, SectionPoint } from "./bindings";
import { counted } from "./words";

/** The next point that nothing rests on, from a place on, around the end; none = there is none. */
export function nextOpen(points: readonly SectionPoint[], from: string | null, done: ReadonlySet<string>): string | null {
  const at = points.findIndex((one) => one.id === from);
  const order = [...points.slice(at + 1), ...points.slice(0, at + 1)];
  return order.find((one) => one.coverage === "open" && !done.has(one.id))?.id ?? null;
}

/** Where a point went: `¶ 2, 3`; of other sections with their number. */
export function whereTo(point: Pick<SectionPoint, "coverage" | "passages" | "internal">, passages: ReadonlyMap<string, SectionPassage>, item: ItemId | null, labelOf: (item: ItemId | null) => string): string {
  if (point.internal || point.coverage === "internal") return "internal";
  if (point.coverage === "set_aside") return "set aside";
  const here: string[] = [];
  const elsewhere: string[] = [];
  for (const id of point.passages) {
    const passage = passages.get(id);
    if (passage === undefined) continue;
    if (passage.item === item) here.push(String(passage.number));
    else elsewhere.push([labelOf(passage.item), `¶ ${passage.number}`].filter(Boolean).join(" "));
  }
  const words = [here.length > 0 ? `¶ ${here.join(", ")}` : "", ...elsewhere].filter(Boolean).join(" · ");
  if (words !== "") return words;
  return point.coverage === "table" ? "table" : point.coverage === "open" ? "no passage" : "";
}

/** What a coverage is called for those who do not see its sign. */
export const coverages: Record<Coverage, string> = {
  covered: "In the report",
  table: "In a table of the report",
  open: "In no passage",
  set_aside: "Set aside",
  internal: "Off the record",
};

/** The counts of a section, in words. */
export function summary({ points, covered, open, set_aside }: Counts): { text: string; open: boolean }[] {
  return [
    { text: counted(points, "point"), open: false },
    { text: `${covered} in the report`, open: false },
    ...(open > 0 ? [{ text: `${open} open`, open: true }] : []),
    ...(set_aside > 0 ? [{ text: `${set_aside} set aside`, open: false }] : []),
  ];
}

/** Who stands behind a passage. */
export interface Behind {
  who: string;
  rest: string;
  holds: boolean;
}

/** Who stands behind a passage, and what its words for a number come to. */
export function behind(passage: Pick<SectionPassage, "people" | "points" | "unsure" | "quantifiers">): Behind {
  const { people, points, unsure, quantifiers } = passage;
  if (points === 0) {
    return { who: "No point", rest: `behind it${quantifiers.length > 0 ? `: nobody can say whether “${quantifiers[0]?.word ?? ""}” holds` : ""}`, holds: quantifiers.length === 0 };
  }
  const more = unsure > 0 ? `, ${unsure} of them by nobody known` : "";
  const verdicts = quantifiers.map(({ word, needs, holds }) => {
    if (holds === true) return `“${word}” holds`;
    return holds === false ? `“${word}” needs ${needs}` : `“${word}” may hold`;
  });
  return {
    who: counted(people, "person", "people"),
    rest: `in ${counted(points, "point")}${more}${verdicts.length > 0 ? `: ${verdicts.join(", ")}` : ""}`,
    holds: quantifiers.every(({ holds }) => holds !== false),
  };
}
