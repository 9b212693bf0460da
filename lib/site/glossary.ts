/** The glossary: its terms, and links to them from the pages. @module */
import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { slug } from "./slug.ts";

/** One entry of the glossary. */
export interface Term {
  /** Its id on the glossary's page. */
  id: string;
  /** The term and its other names, for example `["mel-frequency cepstral coefficients", "MFCC"]`. */
  names: string[];
  /** What it means, without markup. */
  meaning: string;
}

/** `- **term** (other name, other name): meaning`, the meaning over several lines. */
const ENTRY = /^- \*\*(.+?)\*\*(?: \(([^)]*)\))?:\s+((?:.+\n?(?!- |#|\n))*.*)/gm;

/**
 * Reads the glossary's entries, in order; links to notebooks at the end of a meaning are left out.
 * @throws {SyntaxError} If two entries have the same name.
 */
export function readTerms(markdown: string): Term[] {
  const terms = [...markdown.matchAll(ENTRY)].map(([, name, others = "", meaning]): Term => ({
    id: slug(name),
    names: [name, ...others.split(",").map((other) => other.trim()).filter(Boolean)],
    meaning: plain(meaning),
  }));
  const all = terms.flatMap(({ names }) => names);
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new SyntaxError(
      `Cannot read the glossary: expected each name once, received "${twice}" twice`,
    );
  }
  return terms;
}

/** Markdown as text, without the links that end it. */
function plain(markdown: string): string {
  return markdown.replace(/\s+/g, " ").replace(/(,? ?\[[^\]]*\]\([^)]*\)\.?)+\s*$/, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`$]/g, "").trim();
}

/** A part of a text; with its entry if it is a term. */
type Piece = { text: string; term?: Term };

/** Which entry a word of a page means, each entry only once. */
export class TermFinder {
  readonly #byName = new Map<string, Term>();
  readonly #seen = new Set<Term>();
  readonly #pattern: RegExp;

  constructor(terms: readonly Term[]) {
    const names = terms.flatMap((term) => term.names.map((name) => [name, term] as const));
    for (const [name, term] of names) this.#byName.set(key(name), term);
    const longestFirst = names.map(([name]) => name).sort((a, b) => b.length - a.length);
    const words = longestFirst.map((name) => RegExp.escape(name)).join("|") || "$^";
    this.#pattern = new RegExp(
      `(?<![\\p{L}\\p{N}-])(?:${words})(?:s|es)?(?![\\p{L}\\p{N}-])`,
      "giu",
    );
  }

  /** Cuts a running text at the terms that have not come before. */
  split(text: string): Piece[] {
    const pieces: Piece[] = [];
    let end = 0;
    for (const match of text.matchAll(this.#pattern)) {
      const term = [match[0], ...singulars(match[0])].map((name) => this.#byName.get(key(name)))
        .find((term) => term);
      if (!term || this.#seen.has(term)) continue;
      this.#seen.add(term);
      pieces.push({ text: text.slice(end, match.index) }, { text: match[0], term });
      end = match.index + match[0].length;
    }
    return [...pieces, { text: text.slice(end) }].filter(({ text }) => text);
  }
}

/** Short words in capitals are themselves; all else is the same in any case. */
const key = (name: string): string => /^[A-Z0-9-]{2,}$/.test(name) ? name : name.toLowerCase();

/** The words of which a word may be the plural. */
const singulars = (word: string): string[] => [word.replace(/s$/, ""), word.replace(/es$/, "")];

/**
 * A markdown-it plugin: the first time that a term comes in a page's text, it links to the glossary.
 * Without `terms` in the environment none is linked.
 */
export function linkTerms(md: MarkdownIt): void {
  md.core.ruler.push("glossary_terms", (state) => {
    const { terms } = state.env as { terms?: TermFinder };
    if (!terms) return;
    state.tokens.forEach((token, index) => {
      const parent = state.tokens[index - 1]?.type;
      if (token.type !== "inline" || parent === "heading_open" || parent === "th_open") return;
      let inLink = 0;
      token.children = token.children!.flatMap((child) => {
        if (child.type === "link_open") inLink++;
        if (child.type === "link_close") inLink--;
        if (child.type !== "text" || inLink) return [child];
        return terms.split(child.content).flatMap((piece) => linked(piece, state.Token));
      });
    });
  });
}

function linked({ text, term }: Piece, TokenClass: StateCore["Token"]): Token[] {
  const content = Object.assign(new TokenClass("text", "", 0), { content: text });
  if (!term) return [content];
  const open = new TokenClass("link_open", "a", 1);
  open.attrs = [["href", `glossary.html#${term.id}`], ["class", "term"], ["title", term.meaning]];
  return [open, content, new TokenClass("link_close", "a", -1)];
}
