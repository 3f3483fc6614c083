// A page as it prints: lines of letters that the core has drawn. Those that are there already stay, and are only moved.

import type { Draft, PageLine, PagePicture, PageShown } from "./bindings";
import type { Kept } from "./state/reportwriting.svelte";

const SVG = "http://www.w3.org/2000/svg";

/** Which of the lines that are there stand for the new ones, by place; null = none of them. */
export function reused(there: readonly string[], lines: readonly Pick<PageLine, "mark">[]): (number | null)[] {
  const free = new Map<string, number[]>();
  for (const [at, mark] of [...there.entries()].toReversed()) free.set(mark, [...(free.get(mark) ?? []), at]);
  return lines.map(({ mark }) => free.get(mark)?.pop() ?? null);
}

/** A line on the page, and where it stands. */
interface Line {
  mark: string;
  y: number;
  node: SVGGElement;
}

/** A page in the document. */
export class Printed {
  #lines: readonly Line[] = [];

  constructor(readonly svg: SVGSVGElement) {}

  /** What the core is told of it. */
  shown(page: number): PageShown {
    return { page, lines: this.#lines.map(({ mark }) => mark) };
  }

  /** Takes over what the core says of it. */
  show(picture: PagePicture): void {
    const there = this.#lines;
    const from = reused(
      there.map(({ mark }) => mark),
      picture.lines,
    );
    const stays = new Set(from);
    const next = picture.lines.map((line, at) => {
      const own = from[at] == null ? undefined : there[from[at]];
      if (own === undefined) return made(line, there);
      if (own.y !== line.y) own.node.setAttribute("transform", `translate(0 ${line.y})`);
      return { ...own, y: line.y };
    });
    there.forEach(({ node }, at) => {
      if (!stays.has(at)) node.remove();
    });
    next.forEach(({ node }, at) => {
      if (this.svg.children[at] !== node) this.svg.insertBefore(node, this.svg.children[at] ?? null);
    });
    this.#lines = next;
  }
}

function made({ mark, y, svg, origin }: PageLine, there: readonly Line[]): Line {
  const twin = there.find((one) => one.mark === mark)?.node;
  const node = svg === null && twin !== undefined ? (twin.cloneNode(true) as SVGGElement) : document.createElementNS(SVG, "g");
  // The core's own drawing: paths and rectangles, no words of anybody as markup.
  if (svg !== null) node.innerHTML = svg;
  if (origin !== null) node.setAttribute("data-origin", origin);
  node.setAttribute("transform", `translate(0 ${y})`);
  return { mark, y, node };
}

/** An outline that lines call by its id. */
export function outline(id: string, data: string): SVGPathElement {
  const path = document.createElementNS(SVG, "path");
  path.id = id;
  path.setAttribute("d", data);
  return path;
}

/** What is being written, as the core takes it in. */
export function drafted({ passage, item, style, text, place }: Pick<Kept, "passage" | "item" | "style" | "text" | "place">): Draft {
  return { passage, item, style, text, ...(place ?? {}) };
}
