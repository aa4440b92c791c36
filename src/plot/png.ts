/** A chart as PNG, drawn by resvg with the fonts that its text was measured in. */
import { FONT_FILES } from './font.js';

/** PNG bytes of an `<svg>` element, a pixel for each of its units. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  // A native module: loaded only where a PNG is asked for.
  const { Resvg } = await import('@resvg/resvg-js');
  const image = new Resvg(svg, {
    background: '#ffffff',
    font: {
      fontFiles: [FONT_FILES.normal, FONT_FILES.bold],
      loadSystemFonts: false,
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  return image.render().asPng();
}
