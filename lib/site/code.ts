/** A code cell's text: highlighted, each name of the library a link to its source. @module */
import { highlight } from "./highlight.ts";
import { relativeUrl } from "./links.ts";

/** What the names in a notebook's code mean. */
export interface LibraryNames {
  /** What `import * as ser` brings: name to file, from the project's root. */
  exports: ReadonlyMap<string, string>;
  /** The page that the code stands on. */
  page: string;
  /** Takes note of the names that came. */
  used: Map<string, string>;
}

/**
 * A code cell as HTML.
 * @param source TypeScript that calls the library as `ser.NAME`.
 * @param names Where the library's names are declared.
 * @returns `<pre>`.
 */
export function codeCell(source: string, names: LibraryNames): string {
  const html = highlight(source.trimEnd(), "typescript").replace(
    /\bser\.(<i class=\w>)?(\w+)(<\/i>)?/g,
    (all, open: string | undefined, name: string, close: string | undefined) => {
      const file = names.exports.get(name);
      if (!file) return all;
      names.used.set(name, file);
      return `ser.<a href="${sourceUrl(names.page, file, name)}">${open ?? ""}${name}${
        close ?? ""
      }</a>`;
    },
  );
  return `<pre class="code"><code>${html}</code></pre>`;
}

/** The address of a declaration, as a link on a page. */
export function sourceUrl(page: string, file: string, name: string): string {
  return `${relativeUrl(page, `source/${file}.html`)}#${name}`;
}
