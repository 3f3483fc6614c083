// All that this page does: the caret stands in the field.
const field = document.querySelector("textarea");
window.addEventListener("focus", () => field.focus());
field.focus();
