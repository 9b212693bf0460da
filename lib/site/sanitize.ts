/** HTML and SVG of outputs, made safe to stand in a page. @module */
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";

type Purifier = ReturnType<typeof createDOMPurify>;
let purifier: Purifier | undefined;

/**
 * Takes out of markup what could run or ask a foreign server for something: scripts, event handlers,
 * frames, forms, and every address of a resource that is not `data:`. Links to elsewhere stay.
 * @param markup HTML or SVG, as an output brought it.
 * @returns The rest.
 * @example Usage
 * ```ts
 * import { sanitize } from "ser/site/sanitize.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(sanitize('<b onclick="x()">1</b><script>x()<' + "/script>"), "<b>1</b>");
 * ```
 */
export function sanitize(markup: string): string {
  purifier ??= makePurifier();
  return purifier.sanitize(markup, {
    FORBID_TAGS: ["form", "style", "link", "base", "meta"],
    ADD_ATTR: ["preload"],
  });
}

function makePurifier(): Purifier {
  const made = createDOMPurify(new JSDOM("").window);
  made.addHook("afterSanitizeAttributes", (element) => {
    for (const name of ["src", "srcset", "poster", "data", "xlink:href", "background"]) {
      const value = element.getAttribute(name);
      if (value !== null && !/^(data:|#)/.test(value)) element.removeAttribute(name);
    }
    if (element.nodeName !== "A" && !/^(#|data:)/.test(element.getAttribute("href") ?? "#")) {
      element.removeAttribute("href");
    }
    if (/url\(\s*["']?(?!#|data:)/i.test(element.getAttribute("style") ?? "")) {
      element.removeAttribute("style");
    }
  });
  return made;
}
