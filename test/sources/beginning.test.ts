/** Where that begins in a file which a source reads: at once, after a search of 16 MiB, or nowhere. */
import { describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/records/input.js';
import { expectBeginning, findBeginning, SEARCH_LENGTH } from '../../src/sources/beginning.js';
import { nameForeign } from '../../src/sources/foreign.js';
import type { Source } from '../../src/sources/source.js';
import { inputOf } from '../support/reading.js';

const MARK = '=header=';

/** A format whose files begin with a mark. */
const marked: Pick<Source, 'recognise' | 'search'> = {
  recognise: (head) =>
    Buffer.from(head).toString('latin1').startsWith(MARK) ? { fits: true } : nameForeign(head),
  search: (bytes) => Buffer.from(bytes).indexOf(MARK),
};

/** A file that never ends: the mark at an offset, one byte everywhere else. It counts the bytes that were asked for. */
function endless(fill: number, markAt = Number.POSITIVE_INFINITY): { file: InputFile; read: () => number } {
  const length = 1 << 20;
  let read = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    read = 0;
    for (let at = 0; ; at += length) {
      const chunk = Buffer.alloc(length, fill);
      if (markAt >= at && markAt < at + length) chunk.write(MARK, markAt - at, 'latin1');
      read += length;
      yield chunk;
    }
  }
  return { file: { path: 'endless', name: 'endless', chunks }, read: () => read };
}

describe('the beginning of a file', () => {
  it('is told by the first bytes, without a search', async () => {
    const search = (): number => expect.unreachable();
    const { recognition, start, head } = await findBeginning(inputOf(`${MARK}abc`), { ...marked, search });
    expect(recognition).toEqual({ fits: true });
    expect(start).toBe(0);
    expect(Buffer.from(head).toString('latin1')).toBe(`${MARK}abc`);
  });

  it.each([1, 5000, SEARCH_LENGTH - MARK.length])('is found after %i bytes', async (offset) => {
    const { recognition, start, head } = await findBeginning(endless(0x20, offset).file, marked);
    expect(recognition).toEqual({ fits: true });
    expect(start).toBe(offset);
    expect(head).toHaveLength(Math.min(4096, SEARCH_LENGTH - offset));
  });

  it.each([
    ['zeros', 0],
    ['blank lines', 0x0a],
    ['text that begins with ""', 0x20],
  ])('is not looked for beyond 16 MiB of %s', async (saw, fill) => {
    const { file, read } = endless(fill, SEARCH_LENGTH + 10);
    expect(await findBeginning(file, marked)).toMatchObject({ recognition: { fits: false, saw }, start: 0 });
    expect(read()).toBe(SEARCH_LENGTH);
  });

  it.each([
    ['a zip archive inside the input', 'PK\x03\x04'],
    ['gzip data inside the input', '\x1f\x8b'],
    ['a netCDF-4 or HDF5 file', '\x89HDF\r\n'],
    ['a PDF document', '%PDF-1.4'],
    ['a picture', '\x89PNG\r\n'],
    ['bzip2 data', 'BZh91AY&SY'],
    ['an HTML page', '\n<html>'],
  ])('is not looked for in %s', async (saw, signature) => {
    const search = (): number => expect.unreachable();
    const file = inputOf(`${signature}${MARK}`);
    expect(await findBeginning(file, { ...marked, search })).toMatchObject({
      recognition: { fits: false, saw },
    });
  });

  it('is what the format itself says of what a search found', async () => {
    const own: Pick<Source, 'recognise' | 'search'> = {
      recognise: (head) =>
        head[0] === MARK.charCodeAt(0) ? { fits: false, saw: 'its sister' } : nameForeign(head),
      search: (bytes) => Buffer.from(bytes).indexOf(MARK),
    };
    await expect(
      expectBeginning(inputOf(`text\n${MARK}`, { path: 'a.txt' }), own, { expected: 'it', hint: 'Give it.' }),
    ).rejects.toMatchObject({ code: 'WRONG_FORMAT', message: 'a.txt: expected it, found its sister' });
  });
});
