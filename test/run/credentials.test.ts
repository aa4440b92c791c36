/** Which files are taken for credentials: those that nobody else can read, also through a link. */
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/errors.js';
import { credentialsOf } from '../../src/run/credentials.js';
import { temporaryFolder } from './station-file.js';

const TOKEN = 'tok-3f9a77c1e5';
const folder = temporaryFolder();

/** A link to a file of this mode that holds the token. */
function linkTo(mode: string): string {
  const file = join(folder, `token-${mode}`);
  writeFileSync(file, `${TOKEN}\n`);
  chmodSync(file, Number.parseInt(mode, 8));
  const link = `${file}.link`;
  symlinkSync(file, link);
  return link;
}

describe('a token in a file that a link leads to', () => {
  it.each(['400', '600'])('of mode %s is taken', async (mode) => {
    expect(await credentialsOf('igra2', { HARVEST_IGRA2_TOKEN_FILE: linkTo(mode) })).toEqual({
      token: TOKEN,
    });
  });

  it.each(['644', '640', '604', '622'])('of mode %s is refused, and not repeated', async (mode) => {
    const path = linkTo(mode);
    const error: unknown = await credentialsOf('igra2', { HARVEST_IGRA2_TOKEN_FILE: path }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'UsageError', code: 'OPEN_CREDENTIAL', hint: `chmod 600 ${path}` });
    expect(exitCodeOf(error)).toBe(2);
    expect(JSON.stringify(error)).not.toContain(TOKEN);
  });

  it('that is a folder, or is not there, is refused', async () => {
    await expect(credentialsOf('igra2', { HARVEST_IGRA2_TOKEN_FILE: folder })).rejects.toMatchObject({
      code: 'OPEN_CREDENTIAL',
    });
    const nowhere = join(folder, 'nowhere');
    await expect(credentialsOf('igra2', { HARVEST_IGRA2_TOKEN_FILE: nowhere })).rejects.toMatchObject({
      name: 'StorageError',
      code: 'ENOENT',
    });
  });
});
