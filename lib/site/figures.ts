/** A Plotly figure on a page: a picture at once, the live figure when it comes near. @module */
import { Buffer } from "node:buffer";
import { escapeHtml } from "../notebook/output.ts";
import type { Figure } from "../plots/figure.ts";
import { isWide, narrowHeight } from "./client/fit.ts";
import type { SiteFiles } from "../web/write.ts";
import type { OutputData } from "./notebook.ts";
import { sanitize } from "./sanitize.ts";

/** The MIME type of live figures. */
export const PLOTLY = "application/vnd.plotly.v1+json";

/**
 * A figure's place on the page. The picture beside it in the notebook stands there until the script
 * has drawn, on paper, and where there are no scripts; the place has the figure's size from the start.
 * @param id Path of the figure's files from the site's root, without extension.
 * @param files Takes the picture and the figure's script.
 * @throws {SyntaxError} If there is no picture beside the figure, or its size is not in numbers.
 */
export function figureHtml(data: OutputData, id: string, files: SiteFiles): string {
  const figure = data[PLOTLY] as Figure, picture = data["image/png"];
  const { width, height } = figure.layout;
  if (typeof picture !== "string") {
    throw new SyntaxError(`Cannot show figure ${id}: expected a PNG beside it, received none`);
  }
  if (!isLength(width) || !isLength(height)) {
    throw new SyntaxError(
      `Cannot show figure ${id}: expected layout.width and layout.height in px, received ${
        JSON.stringify([width, height])
      }; execute the notebook anew`,
    );
  }
  files.set(`${id}.png`, Buffer.from(picture, "base64"));
  files.set(`${id}.js`, figureScript(id, figure));
  const [, title, axes] = /^(?:Figure: )?(.*?)(?: \[(.*)\])?$/s.exec(
    String(data["text/plain"] ?? ""),
  )!;
  const alt = escapeHtml(axes ? `${title}. Axes: ${axes}` : title);
  const anchor = `figure-${id.slice(id.lastIndexOf("/") + 1)}`;
  const style = `--w:${width};--h:${height};--nh:${narrowHeight(figure)}`;
  return `<figure class="figure${
    isWide(figure) ? " wide" : ""
  }" id="${anchor}" data-figure="${id}" ` +
    `style="${style}">` +
    `<figcaption>${escapeHtml(title)}</figcaption>` +
    `<div class="drawing"><img src="${id}.png" width="${width}" height="${height}" alt="${alt}" ` +
    `loading="lazy" decoding="async"></div></figure>`;
}

const isLength = (px: unknown): boolean => typeof px === "number" && px > 0 && px < 1e5;

/** A script that hands the figure over; pages opened as files can load scripts, but no JSON. */
function figureScript(id: string, { data, layout }: Figure): string {
  return `siteFigure(${JSON.stringify(id)},${JSON.stringify({ data, layout }, safeField)})`;
}

/** Texts, of whose markup Plotly understands some, are cleaned; pictures from elsewhere go. */
function safeField(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (name === "source" && !value.startsWith("data:image/")) return undefined;
  return MARKUP.test(value) ? sanitize(value) : value;
}

/** Other elements than the few that stand in texts of figures. */
const MARKUP = /<(?!\/?(?:b|i|br|sub|sup|extra)>)[a-z!/][^>]*>/i;
