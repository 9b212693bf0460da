/** The part of a section in which a search's words stand. @module */

/**
 * Cuts out of a text the surroundings of the first word found, as pieces that follow each other.
 * @param words The words found, in lower case, as MiniSearch parts a text into words.
 * @param length How many characters, about.
 */
export function excerpt(text: string, words: readonly string[], length = 160) {
  const pattern = words.length ? wholeWords(words) : /($^)/;
  const at = Math.max(0, text.search(pattern));
  const blank = text.indexOf(" ", at - length / 3) + 1;
  const from = at < length / 2 ? 0 : Math.min(blank || at, at);
  const last = text.lastIndexOf(" ", from + length);
  const to = from + length >= text.length || last <= at ? text.length : last;
  const cut = `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  return cut.split(pattern).map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
    .filter((piece) => piece.text);
}

/** What MiniSearch parts words at. */
const BETWEEN = String.raw`[\n\r\p{Z}\p{P}]`;

/** Any of the words, by itself. Under the flag u only what has a meaning in patterns may be escaped. */
function wholeWords(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&"));
  return new RegExp(`(?<=^|${BETWEEN})(${escaped.join("|")})(?=$|${BETWEEN})`, "giu");
}
