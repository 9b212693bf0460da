/** The page's contents show where the reader is. @module */

/** Marks the section that is being read; closes the list on phones once a section is chosen. */
export function followContents(): void {
  const contents = document.querySelector<HTMLElement>("#contents");
  if (!contents) return;
  const links = new Map(
    [...contents.querySelectorAll("a")].map((link) => [decodeURI(link.hash.slice(1)), link]),
  );
  const headings = [...document.querySelectorAll("main h2, main h3")]
    .filter(({ id }) => links.has(id));
  contents.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement && contents.matches(":popover-open")) {
      contents.hidePopover();
    }
  });
  let waiting = false;
  const mark = () => {
    waiting = false;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
    const current = links.get(passed.at(-1)?.id ?? "");
    links.forEach((link) => link.ariaCurrent = link === current ? "true" : null);
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  soon();
}
