/** Things to show in a notebook: text, tables, pictures, each as a MIME bundle. @module */

/** One output in several forms, MIME type to content; the front end takes the richest it knows. */
export type MimeBundle = Record<string, unknown>;

/** An output; `await show(output)` sends it, and a cell may also end with it. */
export class Output {
  constructor(readonly bundle: MimeBundle) {}

  /** What Deno's kernel asks a value for. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.bundle;
  }
}

/** Text in Markdown, formulas between dollar signs included. */
export function markdown(text: string): Output {
  return new Output({ "text/markdown": text, "text/plain": text });
}

/**
 * HTML.
 * @param source Markup; what comes from outside goes through {@link escapeHtml} first.
 * @param plain The same in words, for where there is no HTML. @default {the source without tags}
 */
export function html(source: string, plain: string = source.replace(/<[^>]*>/g, "")): Output {
  return new Output({ "text/html": source, "text/plain": plain });
}

/** A cell of a table: numbers stand right, text left, nothing stays empty. */
export type TableCell = string | number | null | undefined;

/**
 * A table, as HTML with a text form in columns.
 * @param rows One object per row; the keys of the first are the column titles.
 * @param options A caption above the table; for columns of long text `widths`, least widths in em
 *   by which the lines break, one for each column.
 * @throws {RangeError} If there is no row, or one has other keys than the first.
 * @example Usage
 * ```ts
 * import { table } from "ser/notebook/output.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { bundle } = table([{ corpus: "EmoDB", files: 188 }, { corpus: "SAVEE", files: 480 }]);
 * strictEqual(bundle["text/plain"], "corpus  files\nEmoDB     188\nSAVEE     480");
 * ```
 */
export function table(
  rows: readonly Record<string, TableCell>[],
  options: { caption?: string; widths?: readonly number[] } = {},
): Output {
  const titles = columnsOf(rows);
  const numeric = titles.map((title) =>
    rows.every((row) => typeof row[title] !== "string" || looksNumeric(row[title])) &&
    rows.some((row) => row[title] !== NOTHING)
  );
  const cells = rows.map((row) => titles.map((title) => String(row[title] ?? "")));
  return new Output({
    "text/html": htmlTable(titles, cells, numeric, options),
    "text/plain": plainTable(titles, cells, numeric, options.caption),
  });
}

function columnsOf(rows: readonly Record<string, TableCell>[]): string[] {
  if (!rows.length) {
    throw new RangeError("Cannot make a table: expected at least 1 row, received 0");
  }
  const titles = Object.keys(rows[0]);
  rows.forEach((row, index) => {
    const own = Object.keys(row);
    if (own.length !== titles.length || !own.every((title) => titles.includes(title))) {
      throw new RangeError(
        `Cannot make a table: expected the columns ${titles.join(", ")} in row ${index + 1}, ` +
          `received ${own.join(", ")}`,
      );
    }
  });
  return titles;
}

/** Stands where there is no number. */
const NOTHING = "–";

/** "71.2", "-3 %", "< 0.001" or "70.8 ± 1.1", but not "5 of 8 speakers"; {@link NOTHING} may be among them. */
function looksNumeric(text: string): boolean {
  return text === NOTHING || /^(< )?[-+−]?[\d.,]+( ?(%|s|dB|Hz|MB|±.*))?$/.test(text);
}

function htmlTable(
  titles: string[],
  cells: string[][],
  numeric: boolean[],
  { caption, widths }: { caption?: string; widths?: readonly number[] },
) {
  const broken = (column: number) =>
    widths ? `;vertical-align:top;min-width:${widths[column]}em` : "";
  const cell = (tag: string, text: string, column: number) => {
    const style = `text-align:${numeric[column] ? "right" : "left"}${broken(column)}`;
    return `<${tag} style="${style}">${escapeHtml(text)}</${tag}>`;
  };
  const line = (tag: string, texts: string[]) =>
    `<tr>${texts.map((text, column) => cell(tag, text, column)).join("")}</tr>`;
  const head = caption ? `<caption>${escapeHtml(caption)}</caption>` : "";
  const body = cells.map((texts) => line("td", texts)).join("\n");
  return `<table>${head}\n<thead>${line("th", titles)}</thead>\n<tbody>\n${body}\n</tbody></table>`;
}

function plainTable(titles: string[], cells: string[][], numeric: boolean[], caption?: string) {
  const all = [titles, ...cells];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) =>
    row.map((text, column) =>
      numeric[column] ? text.padStart(widths[column]) : text.padEnd(widths[column])
    ).join("  ").trimEnd()
  );
  return [...(caption ? [caption] : []), ...lines].join("\n");
}

/** Makes text safe inside HTML. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
  return text.replace(/[&<>"]/g, (char) => `&${names[char]};`);
}
