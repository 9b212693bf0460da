/**
 * Bounding boxes of SVG elements. jsdom lays nothing out, so what Plotly asks of the layout
 * (`getBBox`, `getBoundingClientRect`) is answered from attributes and font metrics. @module
 */
import { fontOf } from "./png_font.ts";
import { pathPoints, type Point } from "./png_path.ts";

/** A bounding box as the DOM has it (px). */
export interface Box {
  x: number;
  y: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
  width: number;
  height: number;
}

/** The box of an element in its own coordinates, before its own `transform`. */
export function localBox(element: SVGElement): Box {
  return boxAround(corners(element));
}

/** The box of an element on the page, after its transform and those of the elements around it. */
export function pageBox(element: SVGElement): Box {
  let points = corners(element);
  const isSvg = (node: unknown): node is SVGElement =>
    (node as Element | null)?.namespaceURI === "http://www.w3.org/2000/svg";
  for (let e: unknown = element; isSvg(e); e = e.parentNode) points = points.map(transformOf(e));
  return boxAround(points);
}

function boxAround(points: readonly Point[]): Box {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const [x, y] of points.length ? points : [[0, 0]]) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top };
}

function rectangle(x: number, y: number, width: number, height: number): Point[] {
  return [[x, y], [x + width, y], [x, y + height], [x + width, y + height]];
}

/** Points that span an element and its children, in the element's own coordinates. */
function corners(element: SVGElement): Point[] {
  const n = (name: string) => Number(element.getAttribute(name) ?? 0);
  switch (element.localName) {
    case "rect":
    case "image":
      return rectangle(n("x"), n("y"), n("width"), n("height"));
    case "circle":
      return rectangle(n("cx") - n("r"), n("cy") - n("r"), 2 * n("r"), 2 * n("r"));
    case "path":
      return pathPoints(element.getAttribute("d"));
    case "text":
      return textLines(element).flatMap((line) => lineCorners(line, element));
    case "defs":
    case "clipPath":
      return [];
  }
  if (element.style.display === "none") return [];
  const children = [...element.children] as SVGElement[];
  return children.flatMap((child) => corners(child).map(transformOf(child)));
}

function textLines(text: SVGElement): SVGElement[] {
  const lines = [...text.children].filter((child) => child.classList.contains("line"));
  return lines.length ? lines as SVGElement[] : [text];
}

/** Corners of one line of text: a `<text>`, or a `<tspan class="line">` in it. */
function lineCorners(line: SVGElement, text: SVGElement): Point[] {
  const at = (name: string) => Number(line.getAttribute(name) ?? text.getAttribute(name) ?? 0);
  let width = 0, top = Infinity, bottom = -Infinity;
  const walk = (node: Node, baseline: number): number => {
    if (node.nodeType === 3) {
      const { size, font } = fontOf(node.parentNode as SVGElement), scale = size / font.unitsPerEm;
      width += font.getAdvanceWidth((node as Text).data.replaceAll("\u200b", ""), size);
      top = Math.min(top, baseline - Math.round(font.ascender * scale)); // browsers round both, too
      bottom = Math.max(bottom, baseline - Math.round(font.descender * scale));
      return baseline;
    }
    const shift = (node as SVGElement).getAttribute("dy") ?? "0";
    const unit = shift.endsWith("em") ? fontOf(node as SVGElement).size : 1;
    let y = baseline + parseFloat(shift) * unit;
    for (const child of node.childNodes) y = walk(child, y);
    return y;
  };
  walk(line, at("y"));
  const anchor = text.getAttribute("text-anchor");
  const before = anchor === "end" ? 1 : anchor === "middle" ? 0.5 : 0;
  return width ? rectangle(at("x") - before * width, top, width, bottom - top) : [];
}

/** An element's `transform` (Plotly writes translate, rotate and scale) as a function of a point. */
function transformOf(element: SVGElement): (point: Point) => Point {
  let apply = (point: Point) => point;
  const attribute = element.getAttribute("transform") ?? "";
  for (const [, name, list] of attribute.matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const [a = 0, b, c = 0] = (list.match(/[^\s,]+/g) ?? []).map(Number), outer = apply;
    if (name === "translate") apply = ([x, y]) => outer([x + a, y + (b ?? 0)]);
    if (name === "scale") apply = ([x, y]) => outer([x * a, y * (b ?? a)]);
    if (name === "rotate") {
      const cos = Math.cos(a * Math.PI / 180), sin = Math.sin(a * Math.PI / 180), x0 = b ?? 0;
      apply = ([x, y]) =>
        outer([x0 + cos * (x - x0) - sin * (y - c), c + sin * (x - x0) + cos * (y - c)]);
    }
  }
  return apply;
}
