/** Search over all pages: their text is a script that is loaded when the search is first opened. @module */
import MiniSearch, { type SearchResult } from "minisearch";
import { findSections, SEARCH_OPTIONS } from "../search_options.ts";
import { excerpt } from "./excerpt.ts";
import { page } from "./globals.ts";
import { make } from "../../web/client/dom.ts";
import { loadScript } from "../../web/client/script.ts";

/** Most results that are listed. */
const MOST = 30;

const BUTTON =
  `<button type="button" id="open-search" aria-keyshortcuts="/">Search <kbd>/</kbd></button>`;
const DIALOG = `<dialog id="search" aria-label="Search">
<form method="dialog"><input type="search" placeholder="Search all pages" aria-label="Search all pages"
autocomplete="off" spellcheck="false">
<button aria-label="Close the search">Esc</button></form>
<p role="status"></p>
<ol></ol>
</dialog>`;

/** Opens with the button and with "/"; the arrow keys go through what was found. */
export function setUpSearch(root: string): void {
  document.querySelector(".bar")!.insertAdjacentHTML("beforeend", BUTTON);
  document.body.insertAdjacentHTML("beforeend", DIALOG);
  const dialog = document.querySelector<HTMLDialogElement>("#search")!;
  const input = dialog.querySelector("input")!;
  let index: Promise<MiniSearch> | undefined;
  const ask = async () => {
    index ??= loadIndex(root);
    const query = input.value.trim();
    list(dialog, query ? findSections(await index, query) : undefined, root);
  };
  const open = () => {
    dialog.showModal();
    input.select();
    ask();
  };
  document.querySelector("#open-search")!.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || dialog.open) return;
    if ((event.target as Element).closest("input, textarea, select")) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", ask);
  dialog.addEventListener("keydown", (event) => moveWithArrows(event, dialog));
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || (target as Element).closest("ol a")) dialog.close();
  });
}

async function loadIndex(root: string): Promise<MiniSearch> {
  await loadScript(`${root}assets/sections.js`);
  const index = new MiniSearch(SEARCH_OPTIONS);
  await index.addAllAsync(page.siteSections!, { chunkSize: 10 });
  return index;
}

/** Shows the results, or nothing before there is a question. */
function list(dialog: HTMLDialogElement, results: SearchResult[] | undefined, root: string): void {
  const { length = 0 } = results ?? [];
  const found = length ? `${length} ${length === 1 ? "section" : "sections"}` : "Nothing found";
  dialog.querySelector("[role=status]")!.textContent = results ? found : "";
  const items = (results ?? []).slice(0, MOST).map((result) => item(result, root));
  dialog.querySelector("ol")!.replaceChildren(...items);
}

function item(result: SearchResult, root: string): HTMLLIElement {
  const pieces = excerpt(result.text, Object.keys(result.match));
  const text = pieces.map(({ text, marked }) => marked ? make("mark", {}, text) : text);
  const page = make("small", {}, result.page === result.title ? "" : result.page);
  const parts = [make("b", {}, result.title), " ", page, make("span", {}, ...text)];
  return make("li", {}, make("a", { href: root + result.id }, ...parts));
}

function moveWithArrows(event: KeyboardEvent, dialog: HTMLDialogElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [dialog.querySelector("input")!, ...dialog.querySelectorAll<HTMLElement>("ol a")];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, here + step))].focus();
  event.preventDefault();
}
