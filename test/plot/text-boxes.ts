/** The texts of an SVG as boxes on the page: what a reader sees of them, computed from the finished document alone. */
import { DOMParser } from 'linkedom';
import { textWidth } from '../../src/plot/font.js';

export interface TextBox {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What of linkedom's elements is used; its types are those of browsers, which the project does not load. */
interface SvgElement {
  localName: string;
  textContent: string;
  children: Iterable<SvgElement>;
  getAttribute(name: string): string | null;
}

interface State {
  matrix: Matrix;
  fontSize: number;
  anchor: string;
  isBold: boolean;
}

/** x' = a x + c y + e, y' = b x + d y + f */
type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

/** Width and height of the page, and the boxes of its texts in the order of the document. */
export function textBoxes(svg: string): { width: number; height: number; boxes: TextBox[] } {
  // Thousands of marks, which hold no texts, would take most of the time.
  const texts = svg.replace(/<(circle|rect|path|line)\b[^>]*(?:\/>|><title>[^<]*<\/title><\/\1>)/g, '');
  const root = new DOMParser().parseFromString(texts, 'image/svg+xml')
    .documentElement as unknown as SvgElement;
  const boxes: TextBox[] = [];
  visit(root, { matrix: [1, 0, 0, 1, 0, 0], fontSize: 16, anchor: 'start', isBold: false }, boxes);
  return { width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')), boxes };
}

/** Pairs of texts that overlap by more than a hair, and texts that leave the page, as sentences. */
export function textFaults(svg: string): string[] {
  const { width, height, boxes } = textBoxes(svg);
  const hair = 0.5;
  const faults = boxes
    .filter(
      (box) => box.left < -hair || box.top < -hair || box.right > width + hair || box.bottom > height + hair,
    )
    .map((box) => `'${box.text}' leaves the page of ${width} x ${height}: ${JSON.stringify(box)}`);
  const sorted = [...boxes].sort((a, b) => a.left - b.left);
  for (const [i, a] of sorted.entries())
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as TextBox;
      if (b.left >= a.right - hair) break;
      if (a.top < b.bottom - hair && b.top < a.bottom - hair)
        faults.push(`'${a.text}' and '${b.text}' overlap: ${JSON.stringify([a, b])}`);
    }
  return faults;
}

function visit(element: SvgElement, inherited: State, boxes: TextBox[]): void {
  const number = (name: string, otherwise: number): number => Number(element.getAttribute(name) ?? otherwise);
  const transform = element.getAttribute('transform');
  const state: State = {
    matrix: transform === null ? inherited.matrix : multiply(inherited.matrix, parse(transform)),
    fontSize: number('font-size', inherited.fontSize),
    anchor: element.getAttribute('text-anchor') ?? inherited.anchor,
    isBold: (element.getAttribute('font-weight') ?? (inherited.isBold ? 'bold' : '')) === 'bold',
  };
  if (element.localName === 'text') {
    boxes.push(boxOf(element, state, number('x', 0), number('y', 0)));
    return;
  }
  for (const child of element.children) visit(child, state, boxes);
}

/** Capitals are 0.73 and descenders 0.24 of the size of DejaVu Sans; digits and small letters lie between. */
function boxOf(element: SvgElement, state: State, x: number, y: number): TextBox {
  const { fontSize, anchor, isBold, matrix } = state;
  const text = element.textContent;
  const shift = /^(-?[\d.]+)em$/.exec(element.getAttribute('dy') ?? '0em')?.[1];
  if (shift === undefined) throw new Error(`dy ${element.getAttribute('dy')} is not measured`);
  const baseline = y + Number(shift) * fontSize;
  const width = textWidth(text, fontSize, isBold);
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  const corners = [left, left + width].flatMap((cx) =>
    [baseline - 0.73 * fontSize, baseline + 0.24 * fontSize].map((cy) => apply(matrix, cx, cy)),
  );
  const [xs, ys] = [corners.map(([cx]) => cx), corners.map(([, cy]) => cy)];
  return {
    text,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

function parse(transform: string): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list = ''] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = list.split(/[\s,]+/).map(Number);
    const [first = 0, second = 0] = values;
    if (name === 'translate') matrix = multiply(matrix, [1, 0, 0, 1, first, second]);
    else if (name === 'rotate') {
      const [cos, sin] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)];
      matrix = multiply(matrix, [cos, sin, -sin, cos, 0, 0]);
    } else throw new Error(`${transform} is not measured`);
  }
  return matrix;
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}
