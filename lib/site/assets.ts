/** The files that all pages share: script, styles, fonts of the formulas, Plotly. @module */
import { bundle, endBundling } from "../web/bundle.ts";
import type { SiteFiles } from "../web/write.ts";

/**
 * Makes them.
 * @returns Files by their path from the site's root.
 */
export async function assets(): Promise<SiteFiles> {
  const files: SiteFiles = new Map();
  try {
    files.set("assets/site.js", (await bundle("lib/site/client/main.ts")).text);
    const styles = await bundle("lib/site/styles/site.css");
    files.set("assets/site.css", `${await formulaStyles(files)}\n${styles.text}`);
  } finally {
    await endBundling();
  }
  files.set("assets/plotly.js", await content(import.meta.resolve("plotly.js-cartesian-dist-min")));
  files.set("assets/icon.svg", await content(import.meta.resolve("../web/icon.svg")));
  return files;
}

const content = (url: string): Promise<Uint8Array> => Deno.readFile(new URL(url));

/** KaTeX's styles with the one kind of font that all browsers of today read. */
async function formulaStyles(files: SiteFiles): Promise<string> {
  const styles = new URL(import.meta.resolve("katex/dist/katex.min.css"));
  const css = (await Deno.readTextFile(styles))
    .replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, "");
  for (const [, name] of css.matchAll(/url\(fonts\/([^)]+\.woff2)\)/g)) {
    files.set(`assets/fonts/${name}`, await Deno.readFile(new URL(`fonts/${name}`, styles)));
  }
  return css;
}
