/** HTML and SVG of notebooks, made safe to stand in a page. @module */
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";

type Purifier = ReturnType<typeof createDOMPurify>;
let purifier: Purifier | undefined;

/** Attributes by which a browser loads something. */
const LOADING = ["src", "srcset", "poster", "data", "xlink:href", "background"];
/** What needs no other server: a picture, a place on the page, a file of the site by a relative address. */
const OWN = /^(data:(image|audio|video)\/|#|(?![a-z][a-z0-9+.-]*:|[/\\])[^\s\\]*$)/i;
/** What is fetched for a style or a drawing. */
const FOREIGN = /url\(\s*["']?(?!#|data:)|image-set\(/i;
/** Styles that cover the page, or are written so that what they do cannot be told. */
const STRANGE_STYLE = /position\s*:\s*(?!relative|static)|[\\@]|\/\*/i;

/**
 * Takes out of markup what could run or ask a foreign server for something: scripts, event handlers,
 * frames, forms, every address of a resource that is neither `data:` nor a file of the site, styles that
 * load or cover the page, and names that scripts could take for their own. Links to elsewhere stay.
 */
export function sanitize(markup: string): string {
  purifier ??= makePurifier();
  return purifier.sanitize(markup, {
    FORBID_TAGS: ["form", "style", "link", "base", "meta"],
    FORBID_ATTR: ["name"],
    ADD_TAGS: ["semantics", "annotation"], // KaTeX's, for readers who hear formulas
    ADD_ATTR: ["preload", "encoding"],
    SANITIZE_DOM: false, // headings may be called like parts of a page: without `name` they shadow nothing
  });
}

function makePurifier(): Purifier {
  const made = createDOMPurify(new JSDOM("").window);
  made.addHook("afterSanitizeAttributes", (element) => {
    for (const { name, value } of [...element.attributes]) {
      if (!isHarmless(element.nodeName, name, value)) element.removeAttribute(name);
    }
  });
  return made;
}

function isHarmless(element: string, attribute: string, value: string): boolean {
  if (attribute === "href") return element === "A" || OWN.test(value);
  if (LOADING.includes(attribute)) return OWN.test(value);
  if (attribute === "style") return !STRANGE_STYLE.test(value) && !FOREIGN.test(value);
  return !FOREIGN.test(value); // drawings are painted with `fill="url(...)"` and the like
}
