/** Credentials of archives that need a login: from the environment or from a file that nobody else can read, never from the command line. */
import { readFile, stat } from 'node:fs/promises';
import { asStorageError, UsageError } from '../errors.js';

export interface Credentials {
  /** Value of the header `Cookie`. */
  cookie?: string;
  /** Sent as `Authorization: Bearer`. */
  token?: string;
}

const MAX_BYTES = 64 * 1024;

/**
 * `HARVEST_<DATASET>_TOKEN` and `HARVEST_<DATASET>_COOKIE`, or the files named by the same with `_FILE`.
 *
 * @throws UsageError where a file can be read by others or a value cannot stand in a header, StorageError where a file cannot be read;
 *   never with the value in its message
 */
export async function credentialsOf(
  dataset: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Credentials> {
  const cookie = await secretOf(`HARVEST_${dataset.toUpperCase()}_COOKIE`, env);
  const token = await secretOf(`HARVEST_${dataset.toUpperCase()}_TOKEN`, env);
  return { ...(cookie !== undefined && { cookie }), ...(token !== undefined && { token }) };
}

async function secretOf(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = env[`${name}_FILE`];
  const value =
    env[name] ?? (path === undefined || path === '' ? undefined : await readSecret(`${name}_FILE`, path));
  if (value === undefined || value === '') return undefined;
  const text = value.trim();
  if (/^[\x20-\x7e]+$/.test(text)) return text;
  throw new UsageError('BAD_CREDENTIAL', `${name} holds characters that cannot be sent in a header`, {
    hint: 'It must be one line of printable ASCII.',
  });
}

async function readSecret(name: string, path: string): Promise<string> {
  try {
    const { mode, size } = await stat(path);
    if ((mode & 0o077) !== 0 || (mode & 0o170000) !== 0o100000 || size > MAX_BYTES) {
      throw new UsageError(
        'OPEN_CREDENTIAL',
        `${name}: ${path} can be read by others, or is not a small file`,
        {
          file: path,
          hint: `chmod 600 ${path}`,
        },
      );
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}
