/** On paper nothing can be opened, so all is open there. @module */

/** Opens the closed parts of the page for printing, and closes them again. */
export function openDetailsOnPaper(): void {
  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
    closed.forEach((details) => details.open = true);
  });
  addEventListener("afterprint", () => closed.forEach((details) => details.open = false));
}
