/** A page without a browser in which Plotly draws SVG: jsdom plus our answers about layout. @module */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";
import type { Figure } from "./figure.ts";
import { localBox, pageBox } from "./png_box.ts";
import { PixelContext } from "./png_canvas.ts";
import { pathPoints, walkPath } from "./png_path.ts";

type Canvas = HTMLCanvasElement & { pixelContext?: PixelContext };

/** The window of the page, with what is used of it. */
interface PageWindow {
  SVGElement: { prototype: SVGElement };
  HTMLCanvasElement: { prototype: HTMLCanvasElement };
  URL: typeof URL;
  Math: { random: () => number };
  Plotly: { toImage(figure: unknown, options: unknown): Promise<string> };
  eval(script: string): unknown;
}

let page: PageWindow | undefined;

/** Draws a figure as SVG with texts as `<text>`; the same figure gives the same text on every machine. */
export async function drawSvg(figure: Figure): Promise<string> {
  page ??= openPage();
  let state = 1; // Plotly makes the ids in the SVG from random numbers: the same for each figure
  page.Math.random = () => (state = state * 16807 % 2147483647) / 2147483647;
  const { width, height } = figure.layout;
  const svg = await page.Plotly.toImage(structuredClone(figure), {
    format: "svg",
    width,
    height,
    imageDataOnly: true,
  });
  return inWordsOfResvg(svg);
}

function openPage(): PageWindow {
  const options = { runScripts: "outside-only", pretendToBeVisual: true };
  const window = new JSDOM("<body></body>", options).window as unknown as PageWindow;
  answerLayoutQuestions(window.SVGElement.prototype);
  drawOnPixels(window.HTMLCanvasElement.prototype);
  window.URL.createObjectURL = () => "";
  window.URL.revokeObjectURL = () => {};
  window.Math = window.eval("Math") as PageWindow["Math"];
  Object.assign(window, { TextDecoder, TextEncoder });
  const { resolve } = createRequire(import.meta.url);
  window.eval(readFileSync(resolve("plotly.js-cartesian-dist-min"), "utf8"));
  return window;
}

function answerLayoutQuestions(svg: SVGElement): void {
  Object.assign(svg, {
    getBBox(this: SVGElement) {
      return localBox(this);
    },
    getBoundingClientRect(this: SVGElement) {
      return pageBox(this);
    },
    getComputedTextLength(this: SVGElement) {
      return localBox(this).width;
    },
    getTotalLength(this: SVGElement) {
      return walkPath(pathPoints(this.getAttribute("d"))).length;
    },
    getPointAtLength(this: SVGElement, end: number) {
      return walkPath(pathPoints(this.getAttribute("d")), end);
    },
  });
}

function drawOnPixels(canvas: HTMLCanvasElement): void {
  const contextOf = (c: Canvas) => c.pixelContext ??= new PixelContext(c.width, c.height);
  Object.assign(canvas, {
    getContext(this: Canvas) {
      return contextOf(this);
    },
    toDataURL(this: Canvas) {
      return contextOf(this).toDataURL();
    },
  });
}

/** Says three things in the way that resvg-js 2.6 understands. */
function inWordsOfResvg(svg: string): string {
  return svg
    .replaceAll("image-rendering: pixelated", "image-rendering: optimizeSpeed") // or heatmaps blur
    .replace(/url\('(#[^']*)'\)/g, "url($1)") // or colour bars are black
    .replace(/<svg[^>]*>/, "$&<style>.crisp{shape-rendering:crispEdges}</style>"); // Plotly's page style
}
