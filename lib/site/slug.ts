/** Names of headings in addresses. @module */

/**
 * Gives each heading of a page its own id, as code hosts do: lower case, blanks to hyphens, no
 * punctuation; a number after the second of the same name.
 */
export function slugger(): (text: string) => string {
  const taken = new Set<string>();
  return (text) => {
    const base = slug(text);
    let id = base;
    for (let number = 1; taken.has(id); number++) id = `${base}-${number}`;
    taken.add(id);
    return id;
  };
}

/** A heading's id where no other has the same. */
export function slug(text: string): string {
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replace(/\s/g, "-");
  return words || "section";
}
