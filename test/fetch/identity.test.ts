import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { hashFile } from '../../src/fetch/identity.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('identity of a file', () => {
  it.each([
    // The test vectors of FIPS 180 for no bytes and for "abc".
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('of %j', async (text, sha256) => {
    const path = join(folder, 'file');
    await writeFile(path, text);
    expect(await hashFile(path)).toEqual({ bytes: text.length, sha256 });
  });

  it('of more than one read', async () => {
    const bytes = Buffer.alloc(3_000_001, 'sounding');
    const path = join(folder, 'large');
    await writeFile(path, bytes);
    expect(await hashFile(path)).toEqual({
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('of a missing file is a storage error', async () => {
    const path = join(folder, 'missing');
    const error = await hashFile(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: 'ENOENT', position: { file: path } });
  });
});
