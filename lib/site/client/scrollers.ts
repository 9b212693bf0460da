/** What scrolls sideways can be reached and scrolled with the keyboard. @module */

/** What may be wider than the page, and what it is called. */
const KINDS = {
  pre: "Code or text",
  ".scroll": "Table",
  ".formula": "Formula",
  ".drawing": "Figure",
};

/** Gives each box that scrolls now a place in the order of the Tab key, and takes it from the others. */
export function reachScrollers(): void {
  const boxes = Object.entries(KINDS).flatMap(([selector, label]) => {
    const found = document.querySelectorAll<HTMLElement>(`main ${selector}`);
    return [...found].map((box) => ({ box, label: `${label}, scrolls sideways` }));
  });
  const mark = () => {
    // all are measured before any is changed
    const scrolling = boxes.map(({ box }) => box.scrollWidth > box.clientWidth + 1);
    boxes.forEach(({ box, label }, i) => {
      if (!scrolling[i]) return box.removeAttribute("tabindex");
      box.tabIndex = 0;
      box.role ??= "group";
      box.ariaLabel ??= label;
    });
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
