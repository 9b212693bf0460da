/** Showing figures, tables, text and sounds in a notebook. @module */
import { Buffer } from "node:buffer";
import type { Figure } from "../plots/figure.ts";
import { toPNG } from "../plots/png.ts";
import { findJupyter, type Jupyter } from "./jupyter.ts";
import { markdown, type MimeBundle, Output } from "./output.ts";

/** Largest output, in bytes of JSON: several larger ones in flight can break the kernel's messages. */
const LARGEST = 1_000_000;

/**
 * Shows something under the running cell. In a plain script it prints the text form.
 * @param value A figure, an output as made by `table`, `markdown`, `html`, `svg` or `audio`, or text
 *   in Markdown.
 * @param options Where to show it; for tests.
 * @throws {RangeError} If the output is larger than 1 MB.
 * @example Usage
 * ```ts
 * import { show } from "ser/notebook/show.ts";
 * import { table } from "ser/notebook/output.ts";
 * await show(table([{ corpus: "EmoDB", files: 188 }])); // prints two lines here
 * ```
 */
export async function show(
  value: Figure | Output | string,
  options: { jupyter?: Jupyter; print?: (text: string) => void } = {},
): Promise<void> {
  const { jupyter = findJupyter(), print = console.log } = options;
  const output = typeof value === "string" ? markdown(value) : value;
  if (!jupyter) {
    print(output instanceof Output ? String(output.bundle["text/plain"]) : figureText(output));
    return;
  }
  const bundle = output instanceof Output ? output.bundle : await figureBundle(output);
  checkSize(bundle);
  await jupyter.display(bundle, { raw: true });
}

/**
 * A figure as an output: live Plotly, the same picture as PNG for code hosts, and one line of text.
 * There is no HTML in it: exports would prefer that to the PNG, and code hosts show it blank.
 */
export async function figureBundle(figure: Figure): Promise<MimeBundle> {
  return {
    "application/vnd.plotly.v1+json": { ...figure, config: { displaylogo: false } },
    ...await pngPart(figure),
    "text/plain": figureText(figure),
  };
}

let warned = false;

async function pngPart(figure: Figure): Promise<MimeBundle> {
  try {
    return { "image/png": Buffer.from(await toPNG(figure)).toString("base64") };
  } catch (error) {
    if (error instanceof TypeError) throw error; // the figure itself is wrong
    if (!warned) console.warn(`Figures come without a PNG here: ${(error as Error).message}`);
    warned = true;
    return {};
  }
}

/** The text form of a figure: its title and the titles of its axes. */
export function figureText({ layout }: Figure): string {
  const titleOf = (part: unknown) => (part as { title?: { text?: string } })?.title?.text;
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key)).sort();
  const titles = new Set(axes.map((key) => titleOf(layout[key])).filter(Boolean));
  const name = titleOf(layout) ?? "untitled";
  return `Figure: ${name}${titles.size ? ` [${[...titles].join("; ")}]` : ""}`;
}

function checkSize(bundle: MimeBundle): void {
  const sizes = Object.entries(bundle).map(([type, content]) =>
    [type, JSON.stringify(content)?.length ?? 0] as const
  );
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (total <= LARGEST) return;
  const list = sizes.map(([type, size]) => `${type} ${Math.round(size / 1000)} kB`).join(", ");
  throw new RangeError(
    `Cannot show the output: expected at most ${LARGEST / 1000} kB, received ${
      Math.round(total / 1000)
    } kB (${list}); show a shorter recording or fewer points`,
  );
}
