/** Open Sans, Plotly's first default font: files for resvg, widths and heights for the layout. @module */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import opentype from "opentype.js";

/** What is used of an opentype.js font; lengths in font units. */
export interface Font {
  unitsPerEm: number;
  ascender: number;
  descender: number;
  /** Width of a text (px) at a font size (px), kerning included. */
  getAdvanceWidth(text: string, size: number): number;
}

const { resolve } = createRequire(import.meta.url);
const FACES = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];

/** Name of the family in the font files. */
export const FONT_FAMILY = "Open Sans";

/** Paths of regular, italic, bold and bold italic. */
export const FONT_FILES: readonly string[] = FACES.map((face) =>
  resolve(`@expo-google-fonts/open-sans/${face}/OpenSans_${face}.ttf`)
);

const fonts: Font[] = FONT_FILES.map((path) =>
  opentype.parse(new Uint8Array(readFileSync(path)).buffer)
);

/**
 * Size and face of an element's text, from the inline styles that Plotly writes.
 * @param element A `<text>` or `<tspan>`.
 * @returns Size in px (12 where no style says one; percentages, as in `<sub>`, apply) and the font.
 */
export function fontOf(element: SVGElement): { size: number; font: Font } {
  let scale = 1, size = 0, weight = "", slant = "";
  for (let e: SVGElement | null = element; e?.style; e = e.parentNode as SVGElement | null) {
    const { fontSize, fontWeight, fontStyle } = e.style;
    if (!size && fontSize.endsWith("%")) scale *= parseFloat(fontSize) / 100;
    else size ||= parseFloat(fontSize) || 0;
    weight ||= fontWeight;
    slant ||= fontStyle;
  }
  const bold = weight === "bold" || Number(weight) >= 600;
  return {
    size: (size || 12) * scale,
    font: fonts[(bold ? 2 : 0) + (slant === "italic" ? 1 : 0)],
  };
}
