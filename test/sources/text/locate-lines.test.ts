/** Lines of an input from an offset on, however its chunks are cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1, linesFrom } from '../../../src/sources/text/locate-lines.js';
import { inputOf } from '../../support/reading.js';

const bytes = fc.array(fc.constantFrom(...Buffer.from('ab \n\r')), { minLength: 1, maxLength: 60 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('linesFrom', () => {
  it('gives the lines that begin at or after an offset at which one begins, with their numbers', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, fc.nat(), async (content, chunks, pick) => {
        const text = Buffer.from(content).toString('latin1');
        const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
        const first = pick % starts.length;
        const expected = text
          .split('\n')
          .map((line, i) => ({ number: i + 1, from: starts[i], to: (starts[i] ?? 0) + line.length, line }))
          // What follows the last line end is a line only where there is something.
          .filter(({ line }, i, all) => i >= first && (i < all.length - 1 || line !== ''));
        const found: object[] = [];
        for await (const { number, from, to, bytes: line } of linesFrom(
          inputOf(Uint8Array.from(content), { chunks }),
          starts[first] ?? 0,
        ))
          found.push({ number, from, to, line: latin1(line) });
        expect(found).toEqual(expected);
      }),
    );
  });

  it('refuses an endless line', async () => {
    const file = inputOf(new Uint8Array(3 << 20).fill(0x20), { path: 'blank.txt' });
    await expect(linesFrom(file, 10).next()).rejects.toMatchObject({
      code: 'LINE_TOO_LONG',
      position: { file: 'blank.txt' },
    });
  });

  it('gives nothing behind the end', async () => {
    expect(await linesFrom(inputOf(Buffer.from('a\nb')), 4).next()).toMatchObject({ done: true });
  });
});
