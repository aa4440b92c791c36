/** Lanes of a run from the build: this thread is one of them, and each further one is a worker thread. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/built.js';
import { archiveStations } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';

const STATIONS = archiveStations(3);

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanes-'));
  mkdirSync(join(folder, 'input'));
  for (const { id, soundings } of STATIONS)
    writeFileSync(join(folder, 'input', `${id}-data.txt`), encodeIgra2(soundings));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function harvest(workers: number): Promise<{ threads: number; outputs: Map<string, string> }> {
  const workdir = join(folder, `workers-${workers}`);
  const words = ['--source', 'igra2', '--tables', 'bundled', '--input', join(folder, 'input')];
  const { code, stderr } = await runCli([...words, '--workdir', workdir, '--workers', String(workers)], {
    env: { NODE_DEBUG: 'worker' },
  });
  expect(code).toBe(0);
  const outputs = join(workdir, 'output', 'igra2');
  const names = readdirSync(outputs).filter((name) => name.endsWith('.nc'));
  return {
    threads: stderr.match(/create new worker/g)?.length ?? 0,
    outputs: new Map(names.map((name) => [name, readFileSync(join(outputs, name)).toString('base64')])),
  };
}

describe('stations over lanes', () => {
  it('take one thread less than there are workers, never more than stations, and give the same files', async () => {
    const [one, two, many] = [await harvest(1), await harvest(2), await harvest(9)];
    expect([one, two, many].map(({ threads }) => threads)).toEqual([0, 1, STATIONS.length - 1]);
    expect(one.outputs.size).toBe(STATIONS.length);
    expect(two.outputs).toEqual(one.outputs);
    expect(many.outputs).toEqual(one.outputs);
  });
});
