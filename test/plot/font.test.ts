/** Widths of texts against the renderer that draws them. */
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { FONT_FAMILY, FONT_FILES, fitText, textWidth } from '../../src/plot/font.js';

/** Ink width of a text as resvg draws it, in pixels at a font size of 100. */
function drawnWidth(text: string, bold: boolean): number {
  const weight = bold ? ' font-weight="bold"' : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text x="50" y="120" font-family="${FONT_FAMILY}" font-size="100"${weight}>${text}</text></svg>`;
  const image = new Resvg(svg, {
    font: { fontFiles: [FONT_FILES.normal, FONT_FILES.bold], loadSystemFonts: false },
  });
  return image.getBBox()?.width ?? Number.NaN;
}

describe('text width', () => {
  // Between two H the bearings at the ends are the same for all texts, and cancel out.
  it.each(['pressure (hPa)', '0123456789', 'ÅÉÖß − ° · …', 'WIEN/HOHE WARTE', 'Ощ Γα'])(
    'of %s is that of the drawn text',
    (text) => {
      for (const bold of [false, true]) {
        const drawn = drawnWidth(`H${text}H`, bold) - drawnWidth('HH', bold);
        expect(Math.abs(textWidth(text, 100, bold) / drawn - 1), bold ? 'bold' : 'normal').toBeLessThan(0.02);
      }
    },
  );

  it('grows with the size, and is that of a box for characters that the font lacks', () => {
    expect(textWidth('abc', 20)).toBeCloseTo(2 * textWidth('abc', 10), 9);
    expect(textWidth('漢', 10)).toBeCloseTo(textWidth('\u{1F600}', 10), 9);
    expect(textWidth('', 10)).toBe(0);
  });
});

describe('fitting a text', () => {
  it('leaves what fits, and cuts what does not so that it fits', () => {
    expect(fitText('Wien', 100, 10)).toBe('Wien');
    const cut = fitText('WIEN/HOHE WARTE', 60, 10);
    expect(cut).toMatch(/^WIEN.*…$/);
    expect(textWidth(cut, 10)).toBeLessThanOrEqual(60);
    expect(textWidth(`${cut.slice(0, -1)}H…`, 10)).toBeGreaterThan(52);
  });

  it('gives nothing where nothing fits, and never half a character', () => {
    expect(fitText('Wien', 3, 10)).toBe('');
    expect(fitText('\u{1F600}'.repeat(8), 25, 10)).toMatch(/^(?:\u{1F600})*…$/u);
  });
});
