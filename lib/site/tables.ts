/** Tables that a phone can show. @module */

/** A cell of so few characters, or of somewhat more with a digit among them, stays on one line. */
const SHORT = /^(.{0,12}|(?=.*\d).{0,20})$/;

/** Puts each table into a box that scrolls, and keeps short cells from breaking. */
export function withTables(html: string): string {
  return html.replaceAll("<table", '<div class="scroll"><table')
    .replaceAll("</table>", "</table></div>")
    .replace(
      /<td(?=[ >])([^>]*)>((?:<strong>)?([^<]*)(?:<\/strong>)?)<\/td>/g,
      (all, attributes, cell, text) =>
        SHORT.test(text) ? `<td class="short"${attributes}>${cell}</td>` : all,
    );
}
