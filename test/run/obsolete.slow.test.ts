/** What of earlier harvests goes and what stays: files of another split, of an input that was cut, of a run that was killed. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/run/ledger/ledger.js';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import { isInShard } from '../../src/run/shard.js';
import { listing } from '../cli/built.js';
import { archiveStation, outputName, stationId } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { harvestFrom, newWorkdir, stampsOf, statesOf, touchedBetween } from './archived.js';

/** When a run ends abruptly: before or after it takes down a station. */
const dying: { when: 'never' | 'before' | 'after' } = { when: 'never' };
vi.mock('../../src/run/ledger/ledger.js', async (original) => {
  const { openLedger, ...rest } = await original<typeof import('../../src/run/ledger/ledger.js')>();
  return {
    ...rest,
    async openLedger(folder: string, writer: string): Promise<Ledger> {
      const ledger = await openLedger(folder, writer);
      const put: Ledger['put'] = async (kind, ...record) => {
        const { when } = dying;
        if (kind === 'station' && when === 'before') throw new Error('killed');
        await ledger.put(kind, ...record);
        if (kind === 'station' && when === 'after') throw new Error('killed');
      };
      return { ...ledger, put };
    },
  };
});

const inputs = newWorkdir();
const inputOf = (n: number): string => join(inputs, `${n}.txt`);
const bytes = (n: number): Buffer => encodeIgra2(archiveStation(n).soundings);
const INPUTS = [1, 2].map(inputOf);
for (const n of [1, 2]) writeFileSync(inputOf(n), bytes(n));

describe('the files of a station that was split by year', () => {
  it.each(['before', 'after'] as const)(
    'are one file after a run without, also where one was killed %s it took the station down',
    async (when) => {
      const workdir = newWorkdir();
      const files = (): string[] => listing(join(workdir, 'output'));
      const one = { input: [inputOf(1)] };
      await harvestFrom(null, workdir, { ...one, splitByYear: true });
      const whole = join('igra2', outputName(stationId(1)));
      expect(files()).toEqual(['1998', '1999'].map((year) => whole.replace('.nc', `_${year}.nc`)));
      dying.when = when;
      const killed = await harvestFrom(null, workdir, one).finally(() => {
        dying.when = 'never';
      });
      expect(killed.error?.message).toBe('killed');
      expect(exitCodeOfRun(killed)).not.toBe(0);
      expect(exitCodeOfRun(await harvestFrom(null, workdir, one))).toBe(0);
      expect(files()).toEqual([whole]);
    },
  );
});

describe('an input that has lost all its soundings', () => {
  it('leaves what was made of it; it is tried again until it is whole', async () => {
    const workdir = newWorkdir();
    await harvestFrom(null, workdir, { input: INPUTS });
    const before = stampsOf(join(workdir, 'output'));
    expect(Object.keys(before)).toHaveLength(2);
    writeFileSync(inputOf(2), bytes(2).subarray(0, 500));
    try {
      for (const run of [1, 2]) {
        const report = await harvestFrom(null, workdir, { input: INPUTS });
        expect(exitCodeOfRun(report), `run ${run}`).toBe(3);
        // Not `unchanged`: it was read again.
        expect(statesOf(report)).toEqual({ [stationId(1)]: 'unchanged', [stationId(2)]: 'empty' });
        expect(report.stations[1]?.tally.skipped).toHaveLength(1);
        expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);
      }
    } finally {
      writeFileSync(inputOf(2), bytes(2));
    }
    const report = await harvestFrom(null, workdir, { input: INPUTS });
    expect(exitCodeOfRun(report)).toBe(0);
    expect(statesOf(report)).toEqual({ [stationId(1)]: 'unchanged', [stationId(2)]: 'unchanged' });
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);
  });
});

describe('the temporary file of sorting', () => {
  const OF = 2;
  const shardOf = (n: number): number =>
    [1, 2].find((index) => isInShard({ index, of: OF }, `0-20000-0-${stationId(n).slice(-5)}`)) ?? 0;

  it('of a shard that was killed goes with the next run of that shard, and with no other', async () => {
    const workdir = newWorkdir();
    const folder = join(workdir, 'output/igra2');
    const seen = new Set<string>();
    const sorted = await harvestFrom(null, workdir, {
      input: INPUTS.slice(0, 1),
      // Files of years are sorted through one.
      splitByYear: true,
      onEvent: () => {
        if (existsSync(folder)) for (const name of readdirSync(folder)) seen.add(name);
      },
    });
    expect(exitCodeOfRun(sorted)).toBe(0);
    const [name = '', ...more] = [...seen].filter((one) => one.endsWith('.sort.tmp'));
    expect(more).toEqual([]);
    // Station and process.
    expect(name).toMatch(
      new RegExp(`^\\.${outputName(stationId(1))}\\.${process.pid}\\.[0-9a-f]{12}\\.sort\\.tmp$`),
    );
    expect(readdirSync(folder).filter((one) => one.endsWith('.tmp'))).toEqual([]);

    const mine = shardOf(1);
    for (const [index, left] of [
      [OF + 1 - mine, [name]],
      [mine, []],
    ] as const) {
      writeFileSync(join(folder, name), 'left over');
      await harvestFrom(null, workdir, { input: INPUTS, shard: { index, of: OF } });
      expect(readdirSync(folder).filter((one) => one.endsWith('.tmp'))).toEqual(left);
    }
  });
});
