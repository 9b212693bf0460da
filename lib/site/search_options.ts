/** How the search reads and weighs words. @module */
import MiniSearch, { type Options, type SearchResult } from "minisearch";
import type { Section } from "./sections.ts";

/** A word may be begun; a heading's counts more than the text's. */
export const SEARCH_OPTIONS: Options<Section> = {
  fields: ["title", "names", "page", "text"],
  storeFields: ["title", "names", "page", "text"],
  extractField: (section, field) => [section[field as keyof Section] ?? ""].flat().join("\n"),
  searchOptions: {
    boost: { title: 4, names: 4, page: 2 },
    prefix: true,
    combineWith: "AND",
  },
};

/**
 * The sections that have all words, best first: before all others the page, then the section, that is
 * called like the question. Only if none has all, those that nearly have them.
 */
export function findSections(index: MiniSearch<Section>, words: string): SearchResult[] {
  const asked = bare(words);
  const boostDocument = (id: string, _: string, stored?: Record<string, unknown>) => {
    const names = String(stored!.names).split("\n").concat(String(stored!.title)).map(bare);
    return names.includes(asked) ? (id.includes("#") ? 1e3 : 1e6) : 1;
  };
  const found = index.search(words, { boostDocument });
  return found.length ? found : index.search(words, { fuzzy: 0.2 });
}

/** A name without its number ("10 · The results"), its case and its punctuation. */
function bare(name: string): string {
  const words = MiniSearch.getDefault("tokenize")(name.replace(/^\d+ · /, "")) as string[];
  return words.filter(Boolean).join(" ").toLowerCase();
}
