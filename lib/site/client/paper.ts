/** On paper nothing can be opened, so all is open there but the cells of confusion matrices. @module */

/** Opens the closed parts of the page for printing, and closes them again. */
export function openDetailsOnPaper(): void {
  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    const shut = "main details:not([open], td > *)";
    closed = [...document.querySelectorAll<HTMLDetailsElement>(shut)];
    closed.forEach((details) => details.open = true);
  });
  addEventListener("afterprint", () => closed.forEach((details) => details.open = false));
}
