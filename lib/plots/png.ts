/**
 * Figures as PNG without a browser, for code hosts and readers that run no scripts:
 *
 *   jsdom (the page) + plotly.js (draws SVG) + resvg (pixels), with Open Sans for every text.
 *
 * All of it is loaded at the first call (about 1 s, 200 MB); a further figure takes 30 to 130 ms.
 * The same figure gives the same bytes every time. @module
 */
import type { Figure } from "./figure.ts";
import { encodePng } from "./png_encode.ts";

/** Trace types that are drawn; Plotly draws an unknown type as nothing, without an error. */
const DRAWN = ["scatter", "heatmap", "bar", "box", "histogram", "violin", "contour"];

/**
 * A figure as SVG text.
 * @param figure Plotly JSON; `layout.width` and `layout.height` in px.
 * @returns SVG of that size, transparent where the figure is.
 * @throws {TypeError} If a trace has a type that would come out empty.
 */
export async function toSVG(figure: Figure): Promise<string> {
  const unknown = figure.data.find((trace) => !DRAWN.includes(trace.type));
  if (unknown) {
    throw new TypeError(
      `Cannot draw the figure: expected traces of type ${
        DRAWN.join(", ")
      }, received "${unknown.type}"`,
    );
  }
  const { drawSvg } = await import("./png_page.ts");
  return await drawSvg(figure);
}

/**
 * A figure as a PNG file. Characters that Open Sans lacks (arrows, check marks, CJK) stay blank.
 * @param figure Plotly JSON; `layout.width` and `layout.height` in px.
 * @param scale Pixels per px of the layout; 2 gives twice the pixels each way.
 * @returns PNG bytes, transparent where the figure is; typically 5 to 30 KB.
 * @throws {TypeError} If a trace has a type that would come out empty.
 * @example Usage
 * ```ts
 * import { toPNG } from "ser/plots/png.ts";
 * import { strictEqual } from "node:assert/strict";
 * const figure = { data: [{ type: "scatter", y: [1, 3, 2] }], layout: { width: 300, height: 200 } };
 * const png = await toPNG(figure);
 * strictEqual(new TextDecoder().decode(png.subarray(1, 4)), "PNG");
 * strictEqual(new DataView(png.buffer, png.byteOffset).getUint32(16), 300); // the width
 * ```
 */
export async function toPNG(figure: Figure, scale = 1): Promise<Uint8Array> {
  const svg = await toSVG(figure);
  const [{ Resvg }, { FONT_FAMILY, FONT_FILES }] = await Promise.all([
    import("@resvg/resvg-js"),
    import("./png_font.ts"),
  ]);
  const font = {
    fontFiles: [...FONT_FILES],
    loadSystemFonts: false, // or bytes would depend on the machine
    defaultFontFamily: FONT_FAMILY,
    serifFamily: FONT_FAMILY,
    sansSerifFamily: FONT_FAMILY,
    monospaceFamily: FONT_FAMILY,
  };
  const image = new Resvg(svg, { font, fitTo: { mode: "zoom", value: scale } }).render();
  return encodePng(unmultiplied(image.pixels), image.width);
}

/** resvg's pixels have their colours multiplied by alpha; PNG wants them as they are. */
function unmultiplied(pixels: Uint8Array): Uint8Array {
  const plain = Uint8Array.from(pixels);
  for (let i = 0; i < plain.length; i += 4) {
    const alpha = plain[i + 3];
    if (alpha === 0 || alpha === 255) continue;
    for (let c = i; c < i + 3; c++) plain[c] = Math.min(255, Math.round(plain[c] * 255 / alpha));
  }
  return plain;
}
