/** The font of the charts: DejaVu Sans, whose widths are read from the font file that also draws the PNG. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** Verdana is as wide, for browsers of machines without DejaVu. */
export const FONT_FAMILY = "'DejaVu Sans', Verdana, sans-serif";

/** The two font files that the charts need. */
export const FONT_FILES = {
  normal: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

/** Advance widths by character code, in units of the font size. */
type Widths = (code: number) => number;

const loaded = new Map<keyof typeof FONT_FILES, Widths>();

/** Width of a line of text in the unit of the font size, without kerning. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  const widths = widthsOf(bold ? 'bold' : 'normal');
  let width = 0;
  for (const character of text) width += widths(character.codePointAt(0) ?? 0);
  return width * fontSize;
}

/** The text, cut with an ellipsis where it is wider than `room`. */
export function fitText(text: string, room: number, fontSize: number, bold = false): string {
  if (textWidth(text, fontSize, bold) <= room) return text;
  const characters = [...text];
  let width = textWidth('…', fontSize, bold);
  let n = 0;
  for (const character of characters) {
    width += textWidth(character, fontSize, bold);
    if (width > room) break;
    n++;
  }
  return n === 0 ? '' : `${characters.slice(0, n).join('').trimEnd()}…`;
}

function widthsOf(face: keyof typeof FONT_FILES): Widths {
  let widths = loaded.get(face);
  if (widths === undefined) {
    widths = readWidths(readFileSync(FONT_FILES[face]));
    loaded.set(face, widths);
  }
  return widths;
}

/** The tables head, hhea, hmtx and cmap (format 4) of a TrueType font (OpenType specification 1.9). */
function readWidths(font: Buffer): Widths {
  const tables = new Map<string, number>();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    tables.set(font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  const at = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`the font has no table ${name}`);
    return offset;
  };
  const unitsPerEm = font.readUInt16BE(at('head') + 18);
  const metrics = font.readUInt16BE(at('hhea') + 34);
  const hmtx = at('hmtx');
  const glyphOf = unicodeGlyphs(font, at('cmap'));
  // Glyphs after the last metric have its width; characters the font lacks are drawn as a box, glyph 0.
  return (code) => font.readUInt16BE(hmtx + 4 * Math.min(glyphOf(code), metrics - 1)) / unitsPerEm;
}

function unicodeGlyphs(font: Buffer, cmap: number): (code: number) => number {
  let table = 0;
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const entry = cmap + 4 + 8 * i;
    const offset = cmap + font.readUInt32BE(entry + 4);
    if (font.readUInt16BE(entry) === 3 && font.readUInt16BE(offset) === 4) table = offset;
  }
  if (table === 0) throw new Error('the font has no map of Unicode characters');
  const segments = font.readUInt16BE(table + 6) / 2;
  const [ends, starts, deltas, ranges] = [14, 16, 16, 16].map((o, i) => table + o + 2 * segments * i) as [
    number,
    number,
    number,
    number,
  ];
  return (code) => {
    if (code > 0xffff) return 0;
    for (let i = 0; i < segments; i++) {
      if (code > font.readUInt16BE(ends + 2 * i)) continue;
      const start = font.readUInt16BE(starts + 2 * i);
      if (code < start) return 0;
      const delta = font.readUInt16BE(deltas + 2 * i);
      const range = font.readUInt16BE(ranges + 2 * i);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = font.readUInt16BE(ranges + 2 * i + range + 2 * (code - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
