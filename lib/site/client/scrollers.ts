/** What scrolls sideways can be reached and scrolled with the keyboard. @module */

/** What may be wider than the page, and what it is called. */
const KINDS = [["pre", "Code or text"], [".scroll", "Table"], [".formula", "Formula"], [
  ".drawing",
  "Figure",
]] as const;

/** Gives each box that scrolls now a place in the order of the Tab key, and takes it from the others. */
export function reachScrollers(): void {
  const boxes = KINDS.flatMap(([selector, label]) =>
    [...document.querySelectorAll<HTMLElement>(`main ${selector}`)].map((box) =>
      [box, label] as const
    )
  );
  const mark = () => {
    const scrolling = boxes.filter(([box]) => box.scrollWidth > box.clientWidth + 1);
    const now = new Set(scrolling.map(([box]) => box));
    for (const [box, label] of boxes) {
      if (now.has(box)) {
        box.tabIndex = 0;
        box.setAttribute("role", box.getAttribute("role") ?? "group");
        box.setAttribute(
          "aria-label",
          box.getAttribute("aria-label") ?? `${label}, scrolls sideways`,
        );
      } else box.removeAttribute("tabindex");
    }
  };
  mark();
  addEventListener("load", mark); // fonts are there
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(mark, 200);
  });
  document.addEventListener("toggle", mark, { capture: true }); // a <details> was opened
}
