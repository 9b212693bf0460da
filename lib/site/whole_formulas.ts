/** A formula within a line is not broken, nor torn from the punctuation that touches it. @module */
import type { MarkdownIt, StateCore, Token } from "markdown-it";

/** Longer formulas (characters of TeX) would not fit a phone. */
const LONGEST = 48;

/** Wraps each formula of the text, with the bracket before it and whatever follows without a space. */
export function keepFormulasWhole(md: MarkdownIt): void {
  md.core.ruler.push("whole_formulas", (state) => {
    for (const token of state.tokens) {
      if (token.children) token.children = withWrappers(token.children, state);
    }
  });
}

function withWrappers(tokens: Token[], { Token }: StateCore): Token[] {
  const made = (type: string, content: string): Token => {
    const token = new Token(type, "", 0);
    token.content = content;
    return token;
  };
  return tokens.flatMap((token, i) => {
    if (token.type !== "math_inline" || token.content.length > LONGEST) return [token];
    const before = tokens[i - 1]?.type === "text" ? tokens[i - 1] : undefined;
    const after = tokens[i + 1]?.type === "text" ? tokens[i + 1] : undefined;
    const opening = cut(before, /[([“]+$/), closing = cut(after, /^\S+/);
    return [
      made("html_inline", '<span class="whole">'),
      ...[made("text", opening), token, made("text", closing)],
      made("html_inline", "</span>"),
    ];
  });
}

/** Takes the part of a text that fits the pattern out of it. */
function cut(token: Token | undefined, pattern: RegExp): string {
  const part = token?.content.match(pattern)?.[0] ?? "";
  if (token) token.content = token.content.replace(pattern, "");
  return part;
}
