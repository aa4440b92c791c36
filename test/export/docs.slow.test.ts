/** The examples of docs/export.md that read a CSV export, as they stand there; those in SQL run with all of the documentation. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/built.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { exported } from './exports.js';

const space = createWorkspace();
const TEXT = readFileSync(join(ROOT, 'docs/export.md'), 'utf8');

function blocks(language: string): string[] {
  return [...TEXT.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code ?? '',
  );
}

/** Why a tool cannot be asked; null where it can. In CI it must be there. */
function missing(command: string, words: string[]): string | null {
  const { status } = spawnSync(command, words);
  if (status === 0) return null;
  if (process.env.CI === 'true') throw new Error(`CI=true requires ${command} ${words.join(' ')}`);
  return `${command} ${words.join(' ')} fails`;
}

const PYTHON = '/usr/bin/python3';
const noPandas = missing(PYTHON, ['-c', 'import pandas']);
const RSCRIPT = 'Rscript';
const noR = missing(RSCRIPT, ['--version']);

beforeAll(async () => {
  const igra2 = join(await demoOutputs(), 'output', 'igra2', '0-20000-0-99001_igra2_harvested.nc');
  await exported([igra2], space.path('station-levels.csv'), { form: 'wide' });
});

describe('the examples', () => {
  it.skipIf(noPandas !== null)(`in pandas run (${noPandas ?? 'pandas is there'})`, () => {
    const { status, stderr } = spawnSync(PYTHON, ['-c', blocks('py').join('')], { cwd: space.folder });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it.skipIf(noR !== null)(`in R run (${noR ?? 'R is there'})`, () => {
    const { status, stderr } = spawnSync(RSCRIPT, ['-e', blocks('R').join('')], { cwd: space.folder });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });
});
