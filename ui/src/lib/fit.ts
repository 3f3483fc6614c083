// What stands whole in one line of a place whose further lines are hidden.

import type { Attachment } from "svelte/attachments";

/** How many of an element's children stand in its first line. */
export function inFirstLine(place: HTMLElement): number {
  const children = [...place.children].filter((one): one is HTMLElement => one instanceof HTMLElement);
  const top = children[0]?.offsetTop;
  const next = children.findIndex((one) => one.offsetTop !== top);
  return next < 0 ? children.length : next;
}

/** Says it, and again whenever the children or the room for them change; before anything is drawn. */
export function firstLine(told: (count: number) => void): Attachment<HTMLElement> {
  return (place) => {
    const tell = (): void => told(inFirstLine(place));
    const changes = new MutationObserver(tell);
    changes.observe(place, { childList: true, subtree: true, characterData: true });
    const room = new ResizeObserver(tell);
    room.observe(place);
    tell();
    return () => {
      changes.disconnect();
      room.disconnect();
    };
  };
}
