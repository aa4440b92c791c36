import { describe, expect, it } from 'vitest';
import { isSafeName, type ListingEntry, readListing } from '../../../src/fetch/download/listing.js';
import { failureOf } from '../../support/archive-server-client.js';
import { listedSize, writeListing } from '../../support/archive-server-listing.js';

const URL_OF_LISTING = 'https://archive.example/access/data-por/';
const ROWS = [
  { name: 'ACM00078861-data.txt.zip', modified: new Date('2024-03-01T06:30:15Z'), bytes: 1_700_000 },
  { name: 'AEM00041217-data.txt.zip', modified: new Date('2023-12-31T23:59:59Z'), bytes: 812 },
  { name: 'USM00072201-data.txt.zip', modified: new Date('2024-03-02T01:02:03Z'), bytes: 24_800_000 },
  { name: 'older/', modified: new Date('2024-03-02T01:02:03Z'), bytes: 0 },
];
const ENTRIES: ListingEntry[] = [
  { name: 'ACM00078861-data.txt.zip', modified: '2024-03-01 06:30', size: '1.6M' },
  { name: 'AEM00041217-data.txt.zip', modified: '2023-12-31 23:59', size: '812' },
  { name: 'USM00072201-data.txt.zip', modified: '2024-03-02 01:02', size: '24M' },
];

async function* pieces(html: string, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(html);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(html: string, atLeast = 1, fits = (_: string): boolean => true): Promise<ListingEntry[]> {
  return await readListing(pieces(html), { url: URL_OF_LISTING, atLeast, fits });
}

/** A page with one row that links to `href`. */
function page(href: string): string {
  return writeListing('/x/', [], 'table').replace(
    '</table>',
    `<tr><td><a href="${href}">label</a></td><td>2024-03-01 06:30  </td><td>1.6M</td></tr></table>`,
  );
}

describe('a listing', () => {
  it.each(['table', 'pre'] as const)(
    'in %s form gives names, times and sizes as they stand',
    async (style) => {
      expect(await read(writeListing('/access/data-por/', ROWS, style))).toEqual(ENTRIES);
    },
  );

  it('of other capitals, attributes and unclosed cells is the same', async () => {
    const html = writeListing('/access/data-por/', ROWS, 'table')
      .replaceAll('<td>', '<TD class="x">')
      .replaceAll('</td>', '')
      .replaceAll('<a href', '<A title="a > b" HREF');
    expect(await read(html)).toEqual(ENTRIES);
  });

  it('counts the names that fit only', async () => {
    const html = writeListing('/access/data-por/', ROWS, 'table');
    expect(await read(html, 1, (name) => name.startsWith('U'))).toEqual(ENTRIES.slice(2));
  });

  it('gives a name that stands twice once', async () => {
    expect(await read(writeListing('/x/', [...ROWS, ...ROWS], 'pre'))).toEqual(ENTRIES);
  });

  it.each([
    '../evil.zip',
    '..',
    'a..zip',
    '/etc/passwd.zip',
    'sub/evil.zip',
    'sub%2fevil.zip',
    '%2e%2e%2fevil.zip',
    'https://evil.example/a.zip',
    '//evil.example/a.zip',
    'file:///etc/passwd',
    'a\\b.zip',
    'a b.zip',
    'a&#0;b.zip',
    'a&#10;b.zip',
    '-rf.zip',
    '.hidden.zip',
    '?C=N;O=D',
    '#top',
    'a.zip?x=1',
    'ü.zip',
    `${'a'.repeat(300)}.zip`,
    '',
  ])('leaves out the name %j', async (href) => {
    expect(await failureOf(read(page(href)))).toMatchObject({ code: 'HTTP_LISTING' });
  });

  it('keeps the plain name beside them', async () => {
    expect(await read(page('plain_1-data.txt.zip'))).toMatchObject([{ name: 'plain_1-data.txt.zip' }]);
  });

  it('that is cut anywhere is an error', async () => {
    const html = writeListing('/access/data-por/', ROWS, 'table').trimEnd();
    for (let end = 0; end < html.length; end += 13)
      expect(await failureOf(read(html.slice(0, end)))).toMatchObject({ code: 'HTTP_LISTING' });
    expect(await read(html)).toHaveLength(3);
  });

  it('with too few files or none is an error', async () => {
    const html = writeListing('/access/data-por/', ROWS, 'table');
    expect(await read(html, 3)).toHaveLength(3);
    expect(await failureOf(read(html, 4))).toMatchObject({
      name: 'NetworkError',
      code: 'HTTP_LISTING',
      message: `${URL_OF_LISTING}: the listing holds 3 files, and at least 4 are expected`,
    });
    expect(await failureOf(read(writeListing('/x/', [], 'pre'), 0))).toMatchObject({ code: 'HTTP_LISTING' });
  });

  it.each([
    ['text', 'more than 67108864 bytes'],
    ['<b>', 'nests more than 200 tags'],
  ])('of %s without end is an error before it fills the memory', async (text, reason) => {
    async function* endless(): AsyncGenerator<Buffer> {
      const block = Buffer.from(text.repeat(262_144));
      for (;;) yield block;
    }
    const options = { url: URL_OF_LISTING, atLeast: 1, fits: () => true };
    const before = process.memoryUsage().rss;
    const error = await failureOf(readListing(endless(), options));
    expect(error).toMatchObject({ code: 'HTTP_LISTING', message: expect.stringContaining(reason) });
    expect(process.memoryUsage().rss - before).toBeLessThan(256 << 20);
  });
});

describe('names', () => {
  it.each(['A-data.txt.zip', 'igra2-station-list.txt', '_x'])('such as %s are safe', (name) => {
    expect(isSafeName(name)).toBe(true);
  });
});

describe('sizes of the test server', () => {
  it.each([
    [1023, '1023'],
    [1024, '1.0K'],
    [10_188, '9.9K'],
    [10_190, '10K'],
    [1_048_576, '1.0M'],
    [29_957_000_000, '28G'],
  ])('%d bytes are %s, as Apache writes them', (bytes, text) => {
    expect(listedSize('a', bytes)).toBe(text);
  });
});
