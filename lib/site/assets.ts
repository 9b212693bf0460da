/** The files that all pages share: script, styles, fonts of the formulas, Plotly. @module */
import * as esbuild from "esbuild";
import { dirname, fromFileUrl, join } from "@std/path";
import type { SiteFiles } from "./figures.ts";

const HERE = dirname(fromFileUrl(import.meta.url));
/** Browsers that know `light-dark()` and popovers, from 2024 on. */
const TARGET = ["chrome123", "firefox125", "safari17.5"];

/**
 * Makes them.
 * @returns Files by their path from the site's root.
 */
export async function assets(): Promise<SiteFiles> {
  const files: SiteFiles = new Map();
  try {
    files.set("assets/site.js", await bundle("client/main.ts", "iife"));
    files.set(
      "assets/site.css",
      `${await formulaStyles(files)}\n${await bundle("styles/site.css")}`,
    );
  } finally {
    await esbuild.stop();
  }
  files.set("assets/plotly.js", await fromPackage("plotly.js-cartesian-dist-min"));
  files.set("assets/icon.svg", ICON);
  return files;
}

/** A wave in a circle. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
  `<circle cx="16" cy="16" r="16" fill="#3182bd"/><path d="M7 16v0M11.5 11v10M16 6v20M20.5 12v8M25 15v2" ` +
  `stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>\n`;

async function bundle(entry: string, format?: "iife"): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    minify: true,
    write: false,
    target: TARGET,
    format,
    nodePaths: [join(HERE, "..", "..", "node_modules")],
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** KaTeX's styles with the one kind of font that all browsers of {@link TARGET} read. */
async function formulaStyles(files: SiteFiles): Promise<string> {
  const styles = new URL(import.meta.resolve("katex/dist/katex.min.css"));
  const css = (await Deno.readTextFile(styles))
    .replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, "");
  for (const [, name] of css.matchAll(/url\(fonts\/([^)]+\.woff2)\)/g)) {
    files.set(`assets/fonts/${name}`, await Deno.readFile(new URL(`fonts/${name}`, styles)));
  }
  return css;
}

/** The main file of a package. */
async function fromPackage(name: string): Promise<Uint8Array> {
  return await Deno.readFile(new URL(import.meta.resolve(name)));
}
