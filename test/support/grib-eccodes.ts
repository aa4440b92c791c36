/** ecCodes as the oracle of what the test writer writes, where its Python module is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('../interop/grib_fields.py', import.meta.url));

/** Why ecCodes cannot be asked; null where it can. */
export const ECCODES_ABSENT: string | null =
  spawnSync(PYTHON, ['-c', 'import eccodes']).status === 0 ? null : 'python3-eccodes is not installed';

/** True where tests against ecCodes are to be skipped; throws in CI, where it must be there. */
export function skipEccodes(): boolean {
  if (ECCODES_ABSENT !== null && process.env.CI === 'true') throw new Error(`CI=true, but ${ECCODES_ABSENT}`);
  return ECCODES_ABSENT !== null;
}

/** Title of a describe block that needs ecCodes, with the reason where it is skipped. */
export function eccodesTitle(title: string): string {
  return ECCODES_ABSENT === null ? title : `${title} (skipped: ${ECCODES_ABSENT})`;
}

/** Keys of a field by their names, and its values. */
export type EccodesField = Readonly<Record<string, string | number | null>> & {
  readonly values: readonly (number | null)[];
};

/** What ecCodes reads of each field; `:i` behind a key asks for its number. */
export function readWithEccodes(bytes: Uint8Array, keys: readonly string[]): EccodesField[] {
  const folder = mkdtempSync(join(tmpdir(), 'grib-'));
  try {
    const path = join(folder, 'made.grib');
    writeFileSync(path, bytes);
    const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT, path, keys.join(',')], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`ecCodes: ${stderr}`);
    return JSON.parse(stdout) as EccodesField[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
