/** A code cell's text: highlighted, each name of the library a link to its source. @module */
import { join } from "@std/path";
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

/** Code that calls the library as `ser.NAME`, as a `<pre>`. */
export function codeCell(source: string, { exports, page, used }: LibraryNames): string {
  const html = highlight(source.trimEnd(), "typescript").replace(
    /\bser\.((?:<i class=\w>)?(\w+)(?:<\/i>)?)/g,
    (all, word: string, name: string) => {
      const file = exports.get(name);
      if (!file) return all;
      used.set(name, file);
      return `ser.<a href="${sourceUrl(page, file, name)}">${word}</a>`;
    },
  );
  return `<pre class="code"><code>${html}</code></pre>`;
}

/** The address of a declaration, as a link on a page. */
export function sourceUrl(page: string, file: string, name: string): string {
  return `${relativeUrl(page, `source/${file}.html`)}#${name}`;
}

/**
 * What the library's main module, which lists each name beside its file, hands on: name to file, as a path
 * from the project's root; whole packages are left out.
 */
export function exportsOf(text: string): Map<string, string> {
  const lists = text.matchAll(/^export \{([^}]*)\} from "(\.[^"]+)"/gm);
  return new Map([...lists].flatMap(([, names, path]) => {
    const file = join("lib", path).replaceAll("\\", "/");
    return [...names.matchAll(/(\w+)\s*(?:,|$)/g)].map(([, name]) => [name, file] as const);
  }));
}
