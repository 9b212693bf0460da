/** Reading a Jupyter notebook (nbformat 4) as far as a page needs it. @module */
import { stripVTControlCharacters } from "node:util";

/** One output of a cell, by MIME type; texts are joined, JSON is parsed. */
export type OutputData = Record<string, unknown>;

/** What came out under a code cell. */
export type NotebookOutput =
  | { kind: "text"; text: string }
  | { kind: "data"; data: OutputData }
  | { kind: "error"; text: string };

/** One cell; only code has outputs. */
export type NotebookCell =
  | { kind: "markdown"; source: string }
  | { kind: "code"; source: string; outputs: NotebookOutput[] };

/** nbformat's own words, as far as they are read; a text may stand there in lines. */
interface RawNotebook {
  nbformat?: number;
  cells?: { cell_type: string; source: Lines; outputs?: RawOutput[] }[];
}
type Lines = string | string[];
type RawOutput = {
  output_type: string;
  text?: Lines;
  data?: OutputData;
} & Partial<Record<"ename" | "evalue", string>>;

/**
 * Reads a notebook's Markdown and code cells in order; raw cells are left out.
 * @throws {SyntaxError} If it is not JSON of nbformat 4; it is called `name` there.
 */
export function readNotebook(text: string, name = "the notebook"): NotebookCell[] {
  const raw = parse(text, name);
  if (raw.nbformat !== 4 || !Array.isArray(raw.cells)) {
    throw new SyntaxError(
      `Cannot read ${name}: expected a notebook of nbformat 4, received nbformat ${raw.nbformat}`,
    );
  }
  return raw.cells.flatMap(({ cell_type, source, outputs = [] }): NotebookCell[] => {
    if (cell_type === "markdown") return [{ kind: "markdown", source: joined(source) }];
    if (cell_type !== "code") return [];
    return [{ kind: "code", source: joined(source), outputs: mergeTexts(outputs.map(readOutput)) }];
  });
}

function parse(text: string, name: string): RawNotebook {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read ${name}: expected JSON, received ${(error as Error).message}`,
    );
  }
}

const joined = (lines: Lines = ""): string => [lines].flat().join("");

function readOutput(raw: RawOutput): NotebookOutput {
  if (raw.output_type === "stream") {
    return { kind: "text", text: stripVTControlCharacters(joined(raw.text)) };
  }
  if (raw.output_type === "error") return { kind: "error", text: `${raw.ename}: ${raw.evalue}` };
  const data = Object.entries(raw.data ?? {}).map(([type, content]) =>
    [type, /json$/.test(type) ? content : joined(content as Lines)] as const
  );
  return { kind: "data", data: Object.fromEntries(data) };
}

/** Neighbouring pieces of printed text as one. */
function mergeTexts(outputs: NotebookOutput[]): NotebookOutput[] {
  const merged: NotebookOutput[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (output.kind === "text" && last?.kind === "text") last.text += output.text;
    else merged.push(output);
  }
  return merged;
}
