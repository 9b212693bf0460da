/** How the search reads and weighs words; the same where the index is made and where it is asked. @module */
import type { Options } from "minisearch";

/** A word may be begun or misspelt; a heading's counts more than the text's. */
export const SEARCH_OPTIONS: Options = {
  fields: ["title", "page", "text"],
  storeFields: ["title", "page", "text"],
  searchOptions: {
    boost: { title: 4, page: 2 },
    prefix: true,
    fuzzy: (term) => term.length > 4 ? 0.2 : false,
    combineWith: "AND",
  },
};
