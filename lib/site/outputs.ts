/** What came out under a cell, as HTML. @module */
import { Buffer } from "node:buffer";
import { escapeHtml } from "../notebook/output.ts";
import type { SiteFiles } from "../web/write.ts";
import { figureHtml, PLOTLY } from "./figures.ts";
import type { NotebookOutput, OutputData } from "./notebook.ts";
import { sanitize } from "./sanitize.ts";
import { withTables } from "./tables.ts";

/** The page that the outputs stand on. */
export interface OutputContext {
  /** Path from the site's root, without extension, of the next output's own files. */
  nextId: () => string;
  /** Takes the files that the page needs beside itself. */
  files: SiteFiles;
  /** Markdown as HTML. */
  markdown: (text: string) => string;
}

/** Data of more characters than this become files of their own. */
const INLINE = 4000;

/** One output in the richest form that it has, in JupyterLab's order; "" for nothing. */
export function outputHtml(output: NotebookOutput, context: OutputContext): string {
  if (output.kind !== "data") {
    const text = output.text.trimEnd();
    return text ? `<pre class="printed ${output.kind}">${marked(text)}</pre>` : "";
  }
  const { data } = output;
  const text = (type: string) => String(data[type]);
  if (data[PLOTLY]) return figureHtml(data, context.nextId(), context.files);
  if (data["text/html"]) return htmlOutput(text("text/html"), context);
  if (data["text/markdown"]) return context.markdown(text("text/markdown"));
  if (data["image/png"]) return pictureOutput(data, context);
  return data["text/plain"] ? `<pre class="printed">${escapeHtml(text("text/plain"))}</pre>` : "";
}

/** Checks that held stand out. */
const marked = (text: string): string =>
  escapeHtml(text).replace(/^✓.*$/gm, '<span class="held">$&</span>');

function htmlOutput(html: string, context: OutputContext): string {
  const safe = withTables(withSounds(sanitize(html))).replaceAll(
    "<progress",
    '<progress aria-label="progress"',
  );
  return `<div class="output">${withFiles(labelled(safe), context)}</div>`;
}

/** A player is called what stands before it. */
function labelled(html: string): string {
  return html.replace(/<div>([^<]*)<br><audio/g, '$& aria-label="$1"');
}

/** Recordings that may be passed on, as notebooks name them. */
const SHARED = /^\.\.\/(data\/emodb\/[\w.-]+)$/;
const PLAYER = /<audio\b([^>]*)>\s*<\/audio>/g, ADDRESS = /\ssrc="([^"]*)"/;

/**
 * Gives the site's copy of each recording that may be passed on to its player; a player of any other
 * one, which the reader of the site does not have, becomes a remark.
 */
function withSounds(html: string): string {
  return html.replace(PLAYER, (player: string, attributes: string) => {
    const address = ADDRESS.exec(attributes)?.[1] ?? "", shared = SHARED.exec(address)?.[1];
    if (address.startsWith("data:")) return player;
    return shared
      ? player.replace(ADDRESS, ` src="files/${shared}"`)
      : "<em>to be heard in the notebook, with the corpus</em>";
  });
}

/** Pictures and sounds; what a browser opens as a page, as it does drawings, becomes no file. */
const AS_FILES =
  /src="data:(?:image|audio)\/(png|jpeg|gif|webp|flac|wav|mpeg|ogg);base64,([^"]+)"/g;

/** Long `data:` addresses become files, so that they do not keep the page from showing. */
function withFiles(html: string, { nextId, files }: OutputContext): string {
  return html.replace(AS_FILES, (all, type, base64) => {
    if (base64.length < INLINE) return all;
    const path = `${nextId()}.${type}`;
    files.set(path, Buffer.from(base64, "base64"));
    return `src="${path}"`;
  });
}

function pictureOutput(data: OutputData, { nextId, files }: OutputContext): string {
  const path = `${nextId()}.png`, alt = escapeHtml(String(data["text/plain"] ?? ""));
  files.set(path, Buffer.from(String(data["image/png"]), "base64"));
  return `<p class="output"><img src="${path}" alt="${alt}" loading="lazy"></p>`;
}
