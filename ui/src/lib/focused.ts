// For `use:` on what takes the keys as soon as it is there. By itself the engine gives the focus to one field of a page only,
// and only where nothing has it.

/** Has the focus. */
export function focused(element: HTMLElement): void {
  element.focus();
}

/** Has the focus, with the caret behind what is written. */
export function focusedAtEnd(field: HTMLInputElement | HTMLTextAreaElement): void {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
