/** How the search reads and weighs words. @module */
import type MiniSearch from "minisearch";
import type { Options, SearchResult } from "minisearch";

/** A word may be begun; a heading's counts more than the text's. */
export const SEARCH_OPTIONS: Options = {
  fields: ["title", "page", "text"],
  storeFields: ["title", "page", "text"],
  searchOptions: {
    boost: { title: 4, page: 2 },
    prefix: true,
    combineWith: "AND",
  },
};

/**
 * The sections that have all words, best first; only if there is none, those that nearly have them.
 * @param index As loaded with {@link SEARCH_OPTIONS}.
 * @param words What the reader typed.
 */
export function findSections(index: MiniSearch, words: string): SearchResult[] {
  const found = index.search(words);
  return found.length ? found : index.search(words, { fuzzy: 0.2 });
}
