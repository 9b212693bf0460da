/**
 * Types and lint of the notebooks' cells, which `deno check` and `deno lint` do not read: each
 * notebook's code cells become one module, and complaints about it are told in terms of cells. @module
 */
import { basename, dirname, join, resolve } from "@std/path";
import { writeFileAtomic } from "ser/support/files.ts";
import { runCommand } from "ser/setup/command.ts";

/** A notebook's code cells as one TypeScript module. */
export interface CellModule {
  /** File name of the notebook. */
  notebook: string;
  /** The module's text. */
  source: string;
  /** For each line of the module, from 0: code cell (from 1) and line in it (from 1), if it is a cell's. */
  lines: ({ cell: number; line: number } | undefined)[];
}

/** What is read of an .ipynb file. */
interface Notebook {
  cells: { cell_type: string; source: string | string[] }[];
}

/**
 * Joins a notebook's code cells into a module. Relative imports are rewritten for a module two
 * folders deeper than the notebook.
 * @param name File name of the notebook.
 * @param json Its content.
 * @throws {SyntaxError} If it is not a notebook.
 * @example Usage
 * ```ts
 * import { joinCells } from "./notebook_check.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const cells = [{ cell_type: "code", source: ["const a = 1;\n", "a"] }];
 * const { lines } = joinCells("a.ipynb", JSON.stringify({ cells }));
 * deepStrictEqual(lines[2], { cell: 1, line: 2 }); // after a line that names the cell
 * ```
 */
export function joinCells(name: string, json: string): CellModule {
  const source: string[] = [];
  const lines: CellModule["lines"] = [];
  codeCells(name, json).forEach((text, index) => {
    source.push(`// cell ${index + 1}`);
    lines.push(undefined);
    text.split("\n").forEach((line, at) => {
      source.push(deeperImports(line));
      lines.push({ cell: index + 1, line: at + 1 });
    });
    if (!/[;}]\s*$/.test(text)) source.push(";"), lines.push(undefined); // keeps the cells apart
  });
  source.push("export {};");
  lines.push(undefined);
  return { notebook: name, source: source.join("\n") + "\n", lines };
}

/**
 * The texts of a notebook's code cells, empty ones left out.
 * @throws {SyntaxError} If it is not a notebook.
 */
export function codeCells(name: string, json: string): string[] {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(json) as Notebook;
  } catch (error) {
    throw new SyntaxError(`Cannot read ${name}: not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(notebook?.cells)) {
    throw new SyntaxError(`Cannot read ${name}: expected a notebook with cells, received none`);
  }
  return notebook.cells.filter((cell) => cell.cell_type === "code")
    .map(({ source }) => typeof source === "string" ? source : source.join(""))
    .filter((text) => text.trim() !== "");
}

/** `"./x.ts"` to `"../../x.ts"`, `"../x.ts"` to `"../../../x.ts"` in imports. */
function deeperImports(line: string): string {
  return line.replace(
    /((?:from|import)\s*\(?\s*["'])(\.\.?)\//g,
    (_, start: string, dots: string) => `${start}../..${dots === "." ? "" : "/.."}/`,
  );
}

/**
 * Puts cells in place of positions in the modules, in what deno printed.
 * @param text Output of `deno check` or `deno lint`, without colours.
 * @param modules File name of each module, and the module.
 */
export function mapPositions(text: string, modules: ReadonlyMap<string, CellModule>): string {
  return text.replace(/(?:file:\/\/)?[^\s:()]*\/([^\s/:]+\.ts):(\d+):(\d+)/g, (all, file, line) => {
    const module = modules.get(file);
    if (!module) return all;
    const place = module.lines[Number(line) - 1];
    return place ? `${module.notebook} cell ${place.cell} line ${place.line}` : module.notebook;
  });
}

/** What a check of a notebook found. */
export interface NotebookFindings {
  /** File name of the notebook. */
  notebook: string;
  /** What is wrong, ready to print; empty if nothing. */
  complaints: string;
}

/**
 * Checks types and lint of notebooks' cells.
 * @param paths The notebooks, all in one folder. For the check, modules are written to `.check/`
 * there, where imports mean what they mean in the notebooks; they are removed after it.
 * @returns One entry per notebook.
 */
export async function checkNotebooks(paths: readonly string[]): Promise<NotebookFindings[]> {
  const findings: NotebookFindings[] = [];
  if (paths.length === 0) return findings;
  const folder = resolve(dirname(paths[0]), ".check", crypto.randomUUID().slice(0, 8));
  const modules = new Map<string, CellModule>();
  try {
    for (const path of paths) {
      const name = basename(path), file = name.replace(/\.ipynb$/, ".ts");
      try {
        const module = joinCells(name, await Deno.readTextFile(path));
        modules.set(file, module);
        await writeFileAtomic(join(folder, file), module.source);
      } catch (error) {
        findings.push({ notebook: name, complaints: (error as Error).message });
      }
    }
    const files = [...modules.keys()].map((file) => join(folder, file));
    const allGood = files.length === 0 || await complaintsAbout(files) === ""; // one run is faster than one for each
    for (const [file, { notebook }] of modules) {
      const complaints = allGood ? "" : await complaintsAbout([join(folder, file)]);
      findings.push({ notebook, complaints: mapPositions(complaints, modules) });
    }
    return findings.sort((a, b) => a.notebook < b.notebook ? -1 : 1);
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** What `deno check` and `deno lint` say about modules. */
async function complaintsAbout(paths: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const command of [["check", "--quiet"], ["lint", "--quiet"]]) {
    const result = await runCommand([Deno.execPath(), ...command, ...paths], {
      cwd: dirname(paths[0]),
      env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
    });
    if (result.code !== 0) texts.push((result.stderr + result.stdout).trim());
  }
  return texts.join("\n");
}
