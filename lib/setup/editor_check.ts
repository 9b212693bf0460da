/**
 * What an editor underlines: the diagnostics of Deno's language server, which VS Code and others show,
 * on modules and on the cells of notebooks. @module
 */
import { spawn } from "node:child_process";
import { basename, relative, toFileUrl } from "@std/path";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import { codeCells } from "./notebook_check.ts";

/** What is underlined in a file. */
export interface EditorFindings {
  /** Its path, from the root of the project. */
  file: string;
  /** Errors and warnings, a line each, with the place; empty if nothing. */
  complaints: string[];
}

/** A text that an editor has open: a module, or a cell of a notebook. */
interface Document {
  uri: string;
  /** How a person names it, for example `06_cnn_attention.ipynb cell 3`. */
  name: string;
  text: string;
}

/** Of the language server protocol. */
interface Diagnostic {
  range: { start: { line: number } };
  /** 1 an error, 2 a warning; 3 and 4 are hints, which editors do not underline. */
  severity: number;
  message: string;
}

/**
 * Opens files in the language server, as an editor does, and asks what to underline.
 * @param paths TypeScript modules and notebooks.
 * @param options `root`: of the project; `settings`: of the extension, such as `{ enable: true }`.
 * @returns One entry per file, in order.
 * @throws {SyntaxError} If a notebook is none.
 */
export async function checkInEditor(
  paths: readonly string[],
  options: { root: string; settings?: Readonly<Record<string, unknown>> },
): Promise<EditorFindings[]> {
  const { root, settings = { enable: true, lint: true } } = options;
  const child = spawn(Deno.execPath(), ["lsp"], {
    ...{ cwd: root, stdio: ["pipe", "pipe", "ignore"] },
  });
  const server = createMessageConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  try {
    await start(server, root, settings);
    const findings: EditorFindings[] = [];
    for (const path of paths) {
      const complaints: string[] = [];
      for (const document of await open(server, path)) {
        complaints.push(...await complaintsAbout(server, document));
      }
      findings.push({ file: relative(root, path), complaints });
    }
    return findings;
  } finally {
    server.dispose();
    child.kill("SIGKILL");
  }
}

async function start(server: MessageConnection, root: string, settings: unknown): Promise<void> {
  const uri = toFileUrl(root).href;
  server.onRequest(
    "workspace/configuration",
    ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section }) => section === "deno" ? settings : null),
  );
  server.onRequest("client/registerCapability", () => null);
  server.listen();
  await server.sendRequest("initialize", {
    processId: Deno.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: basename(root) }],
    initializationOptions: settings,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      notebookDocument: { synchronization: {} },
      textDocument: { diagnostic: {} }, // asked for, instead of sent at some time
    },
  });
  await server.sendNotification("initialized", {});
}

/** Opens a file; returns its documents. */
async function open(server: MessageConnection, path: string): Promise<Document[]> {
  const text = await Deno.readTextFile(path), uri = toFileUrl(path).href;
  const item = ({ uri, text }: Document) => ({ uri, languageId: "typescript", version: 1, text });
  if (!path.endsWith(".ipynb")) {
    const module = { uri, name: basename(path), text };
    await server.sendNotification("textDocument/didOpen", { textDocument: item(module) });
    return [module];
  }
  const name = basename(path);
  const cells = codeCells(name, text).map((text, index) => ({
    uri: uri.replace(/^file:/, "vscode-notebook-cell:") + `#W${index}`,
    name: `${name} cell ${index + 1}`,
    text,
  }));
  await server.sendNotification("notebookDocument/didOpen", {
    notebookDocument: {
      ...{ uri, notebookType: "jupyter-notebook", version: 1 },
      cells: cells.map(({ uri }) => ({ kind: 2, document: uri })),
    },
    cellTextDocuments: cells.map(item),
  });
  return cells;
}

async function complaintsAbout(
  server: MessageConnection,
  { uri, name }: Document,
): Promise<string[]> {
  const { items = [] } = await server.sendRequest<{ items?: Diagnostic[] }>(
    "textDocument/diagnostic",
    { textDocument: { uri } },
  );
  return items.filter(({ severity }) => severity <= 2).map(({ range, message }) =>
    `${name} line ${range.start.line + 1}: ${message}`
  );
}
