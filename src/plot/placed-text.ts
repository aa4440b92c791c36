/** Labels that keep clear of each other: what has been placed is remembered as boxes, and a label that finds no room is left out. */
import { type Drawing, type LabelStyle, label } from './drawing.js';
import { textWidth } from './font.js';

/** A box on the page, `x` and `y` its upper left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a label might go: anchor and middle height. */
export interface Spot {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface PlacedText {
  /** Keeps a box free of labels. */
  keepFree(box: Box): void;
  /** Draws the text at the first spot where it stands free within the page; false where there is none. */
  place(parent: Drawing, text: string, spots: readonly Spot[], style: LabelStyle & { size: number }): boolean;
}

/**
 * @param page where labels may stand
 * @param gap pixels that are left free to both sides of a label
 */
export function createPlacedText(page: Box, gap = 0): PlacedText {
  // Boxes by cells of a grid, so that thousands of labels are compared with their neighbours only.
  const cells = new Map<string, Box[]>();
  const size = 64;
  const cellsOf = (box: Box): string[] => {
    const keys: string[] = [];
    for (let i = Math.floor(box.x / size); i <= Math.floor((box.x + box.width) / size); i++)
      for (let j = Math.floor(box.y / size); j <= Math.floor((box.y + box.height) / size); j++)
        keys.push(`${i} ${j}`);
    return keys;
  };
  const keepFree = (box: Box): void => {
    for (const key of cellsOf(box)) {
      const there = cells.get(key);
      if (there === undefined) cells.set(key, [box]);
      else there.push(box);
    }
  };
  return {
    keepFree,
    place(parent, text, spots, style) {
      const spot = spots.find((candidate) => {
        const box = labelBox(text, candidate, style.size, style.bold);
        const wide = { ...box, x: box.x - gap, width: box.width + 2 * gap };
        return (
          contains(page, box) && !cellsOf(wide).some((key) => cells.get(key)?.some((b) => overlap(b, wide)))
        );
      });
      if (spot === undefined) return false;
      keepFree(labelBox(text, spot, style.size, style.bold));
      label(parent, spot.x, spot.y, text, { ...style, anchor: spot.anchor });
      return true;
    },
  };
}

/** The box of a line of text: as wide as the font says, 1.16 times as high as its size (ascent and descent of DejaVu Sans). */
function labelBox(text: string, { x, y, anchor }: Spot, size: number, bold?: boolean): Box {
  const width = textWidth(text, size, bold);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x: left, y: y - size * 0.58, width, height: size * 1.16 };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(page: Box, box: Box): boolean {
  return (
    box.x >= page.x &&
    box.y >= page.y &&
    box.x + box.width <= page.x + page.width &&
    box.y + box.height <= page.y + page.height
  );
}
