/** The examples of docs/export.md, run as they stand there. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtCli, ROOT } from '../cli/built.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { duck } from './exports.js';

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
  copyFileSync(igra2, space.path('station.nc'));
  for (const line of blocks('sh').join('').trim().split('\n')) {
    const words = line.replace(/^npx harvest /, '').split(' ');
    const { status, stderr } = spawnSync(process.execPath, [builtCli(), ...words], { cwd: space.folder });
    expect([status, stderr.toString()], line).toEqual([0, '']);
  }
});

describe('the examples', () => {
  it('in SQL find what there is', async () => {
    const queries = blocks('sql').map((sql) => sql.replace(/'([^']*\.parquet)'/g, `'${space.folder}/$1'`));
    const [counts, cold, units] = await Promise.all(queries.map(duck));
    expect(counts?.name).toContain('air temperature');
    expect(Number(counts?.mean?.[counts.name?.indexOf('air temperature') ?? -1])).toBeCloseTo(255, -2);
    expect(Math.max(...(cold?.pressure ?? []).map(Number))).toBeLessThanOrEqual(10_000);
    expect(cold?.air_temperature?.length).toBeGreaterThan(50);
    expect(units).toEqual({
      name: ['longitude', 'latitude', 'elapsed_time'],
      units: ['degrees_east', 'degrees_north', 's'],
    });
  });

  it.skipIf(noPandas !== null)(`in pandas run (${noPandas ?? 'pandas is there'})`, () => {
    const { status, stderr } = spawnSync(PYTHON, ['-c', blocks('python').join('')], { cwd: space.folder });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it.skipIf(noR !== null)(`in R run (${noR ?? 'R is there'})`, () => {
    const { status, stderr } = spawnSync(RSCRIPT, ['-e', blocks('r').join('')], { cwd: space.folder });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });
});
