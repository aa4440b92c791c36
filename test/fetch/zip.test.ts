import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { openInput } from '../../src/fetch/members.js';
import { createRandom } from '../support/random.js';
import { writeZip } from '../support/zip.js';
import { zipCases } from '../support/zip-cases.js';

const random = createRandom(11);
const CONTENT = Buffer.from(
  Array.from({ length: 3000 }, () => `${random.integer(0, 99999)} ${random.integer(0, 99)}\n`).join(''),
);
const NAME = 'AUM00011035-data.txt';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zip-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Everything that `openInput` gives, or the code of the error wherever it shows. */
async function outcome(
  bytes: Uint8Array,
): Promise<{ name: string; content: Buffer } | { error: InputError }> {
  const path = join(folder, 'input.zip');
  await writeFile(path, bytes);
  try {
    const input = await openInput(path);
    const parts: Uint8Array[] = [];
    for await (const chunk of input.chunks()) parts.push(chunk);
    return { name: input.name, content: Buffer.concat(parts) };
  } catch (error) {
    if (error instanceof InputError) return { error };
    throw error;
  }
}

describe('zip faults of the test matrix', () => {
  const cases = zipCases(NAME, CONTENT);

  it('are 17', () => {
    console.log(`zip cases: ${cases.length}`);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(17);
  });

  it.each(cases)('$name', async ({ bytes, expected }) => {
    const result = await outcome(bytes);
    if ('member' in expected) {
      expect(result).not.toHaveProperty('error');
      if ('error' in result) throw result.error;
      expect(result.name).toBe(expected.member);
      expect(result.content.equals(CONTENT)).toBe(true);
    } else {
      if (!('error' in result)) throw new Error('the archive was read');
      expect(result.error.code).toBe(expected.code);
      expect(result.error.position.file).toBe(join(folder, 'input.zip'));
      expect(result.error.hint).toMatch(/\w/);
    }
  });
});

describe('further zip faults', () => {
  const member = { name: NAME, content: CONTENT };
  const flipped = writeZip([member]);
  flipped[200] = (flipped[200] ?? 0) ^ 0xff;
  it.each([
    ['backslash in the name', writeZip([{ name: '..\\x.txt', content: CONTENT }]), 'ZIP_MEMBER_NAME'],
    ['NUL in the name', writeZip([{ name: 'a\0b', content: CONTENT }]), 'ZIP_MEMBER_NAME'],
    ['drive letter', writeZip([{ name: 'C:x.txt', content: CONTENT }]), 'ZIP_MEMBER_NAME'],
    ['endless name', writeZip([{ name: 'x'.repeat(300), content: CONTENT }]), 'ZIP_MEMBER_NAME'],
    ['more content than declared', writeZip([{ ...member, size: CONTENT.length - 1 }]), 'ZIP_SIZE'],
    ['less content than declared', writeZip([{ ...member, size: CONTENT.length + 1 }]), 'ZIP_SIZE'],
    ['a member that the count hides', writeZip([member, member], { count: 1 }), 'ZIP_SEVERAL_MEMBERS'],
    ['two names for one member', writeZip([{ ...member, localName: 'BBM00011035-data.txt' }]), 'ZIP_DAMAGED'],
    [
      'a declared size beyond every archive',
      writeZip([{ ...member, zip64: true, size: 2 ** 41 }]),
      'ZIP_TOO_LARGE',
    ],
    ['a member without a byte', writeZip([{ name: NAME, content: new Uint8Array(0) }]), 'INPUT_EMPTY'],
  ])('%s', async (_name, bytes, code) => {
    const result = await outcome(bytes);
    expect('error' in result ? result.error.code : 'read').toBe(code);
  });

  it('damaged compressed data are an InputError, whichever check sees them first', async () => {
    const result = await outcome(flipped);
    expect('error' in result ? result.error.code : 'read').toMatch(/^ZIP_(DAMAGED|CRC|SIZE)$/);
  });

  it('content beyond the declared size is not handed out', async () => {
    const path = join(folder, 'beyond.zip');
    await writeFile(
      path,
      writeZip([{ name: NAME, content: Buffer.alloc(20 * 2 ** 20, CONTENT), size: 1000 }]),
    );
    const input = await openInput(path);
    let total = 0;
    const run = async (): Promise<void> => {
      for await (const chunk of input.chunks()) total += chunk.length;
    };
    await expect(run()).rejects.toMatchObject({ code: 'ZIP_SIZE' });
    expect(total).toBe(0);
  });

  it('folders beside the member do not count, and the label has none', async () => {
    const result = await outcome(
      writeZip([
        { name: 'data/', content: new Uint8Array(0), stored: true },
        { name: `data/${NAME}`, content: CONTENT },
      ]),
    );
    expect('name' in result ? result.name : result.error.code).toBe(NAME);
  });

  it.each([
    `__MACOSX/._${NAME}`,
    `data/__MACOSX/._${NAME}`,
    '.DS_Store',
    'data/.DS_Store',
    `._${NAME}`,
    'Thumbs.db',
    'data/desktop.ini',
  ])('%s beside the member is no data, before and after it', async (name) => {
    const left = { name, content: Buffer.from('no data') };
    for (const members of [
      [left, member],
      [member, left],
      [left, member, left],
    ]) {
      const result = await outcome(writeZip(members));
      expect('name' in result ? result.name : result.error.code).toBe(NAME);
      expect('content' in result && result.content.equals(CONTENT)).toBe(true);
    }
    const nothing = await outcome(writeZip([left]));
    expect('error' in nothing ? nothing.error.code : 'read').toBe('ZIP_NO_MEMBER');
    const two = await outcome(writeZip([left, member, { name: 'other.txt', content: CONTENT }]));
    expect('error' in two ? two.error.code : 'read').toBe('ZIP_SEVERAL_MEMBERS');
  });

  it('thousands of what is no data are refused', async () => {
    const left = { name: '.DS_Store', content: new Uint8Array(0), stored: true };
    const result = await outcome(writeZip([member, ...Array.from({ length: 1001 }, () => left)]));
    expect('error' in result ? result.error.code : 'read').toBe('ZIP_SEVERAL_MEMBERS');
  });

  it('known fault: the first member of an archive is not trusted', async () => {
    const result = await outcome(writeZip([{ name: 'readme.txt', content: Buffer.from('first') }, member]));
    expect('error' in result ? result.error.code : 'read').toBe('ZIP_SEVERAL_MEMBERS');
  });

  it('every truncation of a good archive is refused', async () => {
    const whole = writeZip([{ name: NAME, content: CONTENT.subarray(0, 4000) }]);
    for (let length = 4; length < whole.length; length += 97) {
      const result = await outcome(whole.subarray(0, length));
      expect('error' in result ? result.error.code : `read ${length}`).toMatch(/^ZIP_/);
    }
  });
});
