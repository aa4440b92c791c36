/** Where the first header of IGRA and UADB files is found, and what becomes of that which stands before it. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import type { InputFile } from '../../../src/records/input.js';
import { createTally } from '../../../src/records/tally.js';
import { SEARCH_LENGTH } from '../../../src/sources/beginning.js';
import { igra2 } from '../../../src/sources/igra2/index.js';
import type { Source } from '../../../src/sources/source.js';
import { ncar } from '../../../src/sources/uadb/index.js';
import { inputOf, listStations, readStation } from '../../support/reading.js';

const FORMATS: { source: Source; id: string; text: string }[] = [
  {
    source: igra2,
    id: 'USM00072558',
    text:
      '#USM00072558 2025 03 08 12 1110    1 ncdc-nws           413200  -963669\n' +
      '20    15  96697   449B  -34A  649    56   277    47\n',
  },
  {
    source: ncar,
    id: '82930',
    text:
      'H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000    432  3    1    3.3.0\n' +
      '   3    850.0   1514.0   18.2   72.6    100    4.1\n',
  },
];

/** A file that never ends, of one byte over and over; it counts what was asked for. */
function endless(fill: string): { file: InputFile; read: () => number } {
  let read = 0;
  const chunk = Buffer.alloc(1 << 20, fill, 'latin1');
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      read += chunk.length;
      yield chunk;
    }
  }
  return { file: { path: 'endless', name: 'endless', chunks }, read: () => read };
}

describe.each(FORMATS)('$source.id', ({ source, id, text }) => {
  const before: [string, string, number][] = [
    ['a title', 'soundings of 2025\n', 1],
    [
      'a damaged header',
      `${text
        .replace(/^(.{15})./, '$1x')
        .split('\n', 1)[0]
        ?.slice(0, 30)}\n`,
      1,
    ],
    ['more than the first 4 KiB', 'one more line of no format\n'.repeat(1000), 1000],
    ['zeros in one line of 200,000 bytes', `${'\0'.repeat(200_000)}\n`, 1],
    ['blank lines', ' \n\r\n'.repeat(5000), 0],
    ['blank lines and a title', `${'\n'.repeat(70_000)}title\n`, 1],
    ['a byte order mark after a title', 'title\n\xef\xbb\xbf', 1],
  ];

  it.each(before)('after %s the first header is found', async (_name, junk, lines) => {
    for (const chunks of [undefined, [4096], [1000, 70_000]]) {
      const file = inputOf(junk + text, { path: 'x', ...(chunks && { chunks }) });
      const { stations } = await listStations(source, [file]);
      expect(stations.map((station) => station.id)).toEqual([id]);
      const { reports, rows, tally } = await readStation(source, { id, files: [file] });
      expect(reports).toMatchObject([{ byteOffset: junk.length }]);
      expect(rows.length).toBeGreaterThan(4);
      expect(tally.noted.get(`${source.id}.line.unrecognised`) ?? 0).toBe(lines);
      expect(tally.skipped).toHaveLength(Math.min(lines, 1));
      for (const { byteOffset } of tally.skipped) expect(byteOffset).toBe(0);
    }
  });

  it('lines keep their numbers', async () => {
    const level = text.split('\n')[1] ?? '';
    const damaged = `${text.replace('    1 ', '    2 ')}${level.slice(0, 8)} ${level.slice(8)}\n`;
    const { tally } = await readStation(source, { id, files: [inputOf(`a\n\nb\n${damaged}`)] });
    expect(tally.skipped.map(({ detail }) => detail)).toEqual([
      'the first header begins at byte 5; 2 lines before it are none of the format',
      'line 6 cannot be read: the columns are not those of a level',
    ]);
  });

  it.each([
    ['zeros', '\0', 'zeros'],
    ['blank lines', '\n', 'blank lines'],
    ['blanks', ' ', null],
    ['one letter', 'x', null],
  ])('endless %s are read no further than the search goes', async (_name, fill, saw) => {
    const { file, read } = endless(fill);
    const listed = listStations(source, [file]);
    await expect(listed).rejects.toBeInstanceOf(InputError);
    await expect(listed).rejects.toMatchObject({ code: 'WRONG_FORMAT' });
    if (saw !== null) await expect(listed).rejects.toThrow(`found ${saw}`);
    expect(read()).toBeLessThanOrEqual(SEARCH_LENGTH + (3 << 20));
    const reading = readStation(source, { id, files: [file] });
    await expect(reading).rejects.toMatchObject({ code: 'WRONG_FORMAT' });
  });

  it('a header that begins after the first 16 MiB is not looked for', async () => {
    const late = inputOf(Buffer.concat([Buffer.alloc(SEARCH_LENGTH, '\n'), Buffer.from(text)]));
    await expect(listStations(source, [late])).rejects.toMatchObject({ code: 'WRONG_FORMAT' });
  });

  it('the name of what is there instead is that of its first bytes', async () => {
    const opened = source.open({ id, files: [inputOf('<html>404</html>')] }, { tally: createTally() });
    await expect(opened[Symbol.asyncIterator]().next()).rejects.toThrow('found an HTML page');
  });
});
