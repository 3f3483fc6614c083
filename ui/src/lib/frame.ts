// After what has just changed is drawn.

/** How long it is waited for where nothing is drawn, say in a window that is hidden, in milliseconds. */
const AT_MOST = 50;

/** Runs `what` once, behind the next frame. */
export function afterFrame(what: () => void): void {
  let waits = true;
  const once = (): void => {
    if (!waits) return;
    waits = false;
    what();
  };
  // A timer that is set while a frame is made comes when it is drawn.
  if (typeof requestAnimationFrame === "function") requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, AT_MOST);
}
