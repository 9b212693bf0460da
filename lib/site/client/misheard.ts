/** The list of a confusion matrix's opened cell below the matrix, where it has the whole width. @module */
import { make } from "../../web/client/dom.ts";

/** Lets each matrix have one open cell, and shows that cell's list below it. */
export function showMisheard(): void {
  for (
    const matrix of document.querySelectorAll<HTMLTableElement>("main table:has(td > details)")
  ) {
    const below = make("div", { class: "misheard", "aria-live": "polite" });
    matrix.closest(".scroll")!.after(below);
    const show = () => below.replaceChildren(...listOf(matrix));
    matrix.addEventListener("toggle", ({ target }) => {
      const cell = target as HTMLDetailsElement;
      if (cell.open) closeOthers(matrix, cell);
      show();
    }, { capture: true }); // it does not bubble
  }
}

function closeOthers(matrix: HTMLTableElement, cell: HTMLDetailsElement): void {
  for (const other of matrix.querySelectorAll<HTMLDetailsElement>("details[open]")) {
    if (other !== cell) other.open = false;
  }
}

/** A line that names the open cell, and its list; nothing if none is open. */
function listOf(matrix: HTMLTableElement): HTMLElement[] {
  const cell = matrix.querySelector("details[open]")?.parentElement as HTMLTableCellElement | null;
  const list = cell?.querySelector("ul")?.cloneNode(true) as HTMLElement | undefined;
  if (!cell || !list) return [];
  list.removeAttribute("style");
  const truth = cell.parentElement!.querySelector("th")!.textContent;
  const answer = matrix.tHead!.rows[0].cells[cell.cellIndex].textContent;
  return [make("p", {}, `${truth} taken for ${answer}:`), list];
}
