/** A formula within a line is not broken, nor torn from the punctuation that touches it. @module */
import type { MarkdownIt, Token } from "markdown-it";

/** Longer formulas (characters of TeX) would not fit a phone. */
const LONGEST = 48;

/** Wraps each formula of the text, with the bracket before it and whatever follows without a space. */
export function keepFormulasWhole(md: MarkdownIt): void {
  md.core.ruler.push("whole_formulas", ({ tokens, Token }) => {
    const made = (type: string, content: string) =>
      Object.assign(new Token(type, "", 0), { content });
    for (const block of tokens) {
      block.children &&= block.children.flatMap((token, i, all) => {
        if (token.type !== "math_inline" || token.content.length > LONGEST) return [token];
        return [
          made("html_inline", '<span class="whole">'),
          made("text", cut(all[i - 1], /[([“]+$/)),
          token,
          made("text", cut(all[i + 1], /^\S+/)),
          made("html_inline", "</span>"),
        ];
      });
    }
  });
}

/** Takes the part of a text that fits the pattern out of it. */
function cut(token: Token | undefined, pattern: RegExp): string {
  if (token?.type !== "text") return "";
  const part = token.content.match(pattern)?.[0] ?? "";
  token.content = token.content.replace(pattern, "");
  return part;
}
