/** Addresses of --mirror that are refused before anything is done, without repeating what may be a secret. */
import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/cli/harvest-request.js';
import { describeError } from '../../src/cli/messages.js';
import { exitCodeOf } from '../../src/errors.js';
import { harvestWords } from './words.js';

const SECRET = 'pw-5a6e0f';
const request = (mirror: string, ...more: string[]) =>
  requestOf(harvestWords(['--source', 'igra2', '--mirror', mirror, ...more]));

describe('an address of --mirror', () => {
  it.each([
    ['with a query', `igra2=https://archive.example.org/igra2/?key=${SECRET}`],
    ['with an empty path and a query', `igra2=https://archive.example.org?${SECRET}`],
    ['with a fragment', `igra2=https://archive.example.org/igra2/#${SECRET}`],
    ['of FTP', `igra2=ftp://archive.example.org/${SECRET}/`],
    ['of a file', `igra2=file:///${SECRET}/`],
    ['with a user', `igra2=https://${SECRET}@archive.example.org/`],
    ['with a password', `igra2=https://user:${SECRET}@archive.example.org/`],
    ['with a password alone', `igra2=https://:${SECRET}@archive.example.org/`],
    ['without a scheme', `igra2=//user:${SECRET}@archive.example.org/`],
    ['that is none', `igra2=${SECRET}`],
    ['with a line break', `igra2=\nhttps://user:${SECRET}@archive.example.org/`],
    ['without a dataset', `https://user:${SECRET}@archive.example.org/`],
    ['of an unknown dataset', `${SECRET}=https://archive.example.org/`],
  ])('%s is refused, with and without --offline', async (_, mirror) => {
    for (const more of [[], ['--offline']]) {
      const error: unknown = await request(mirror, ...more).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'UsageError', code: 'BAD_MIRROR' });
      expect(exitCodeOf(error)).toBe(2);
      const text = describeError(error);
      expect(text).toMatch(/^harvest: --mirror: .* \[BAD_MIRROR\]\n {2}Write --mirror igra2=https:/);
      expect(text).not.toContain(SECRET);
    }
  });

  it('of https or http is taken as it stands, in order, by dataset', async () => {
    const { mirrors } = await requestOf(
      harvestWords([
        ...['--source', 'all', '--mirror', 'igra2=https://a.example.org/x/', 'ncar=http://127.0.0.1:8080'],
        ...['--mirror', 'igra2=https://b.example.org'],
      ]),
    );
    expect([...mirrors]).toEqual([
      ['igra2', ['https://a.example.org/x/', 'https://b.example.org']],
      ['ncar', ['http://127.0.0.1:8080']],
    ]);
  });
});
