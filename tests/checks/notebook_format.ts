/**
 * Whether notebooks' code cells are formatted. `deno fmt --check` of Deno 2.9 calls notebooks with
 * tables or formulas unformatted for ever, with an empty difference, so deno.json leaves them out and
 * each cell is formatted by itself. @module
 */
import { basename } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { codeCells } from "./notebook_check.ts";

/**
 * Compares each code cell with what `deno fmt` makes of it.
 * @param path The notebook.
 * @returns What is wrong, ready to print; empty if nothing.
 * @throws {SyntaxError} If it is not a notebook.
 */
export async function formatComplaints(path: string): Promise<string> {
  const name = basename(path);
  const cells = codeCells(name, await Deno.readTextFile(path));
  const complaints: string[] = [];
  for (const [i, cell] of cells.entries()) {
    const formatted = await format(cell);
    if (formatted !== cell) {
      complaints.push(`${name} cell ${i + 1} is not formatted; deno fmt makes it:\n${formatted}`);
    }
  }
  return complaints.join("\n");
}

/** TypeScript as `deno fmt` writes it, without a last newline; what it cannot read stays as it is. */
async function format(code: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", "ts", "-"],
    cwd: PROJECT_ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  const { success, stdout } = await child.output();
  return success ? new TextDecoder().decode(stdout).trimEnd() : code; // the type check will tell
}
