/** Inputs that change between the plan of a run and their turn: what was found in them then is not what they hold now. */
import { createHash } from 'node:crypto';
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src/run/options.js';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import { archiveStation, outputName, stationId } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { harvestFrom, newWorkdir, stampsOf, touchedBetween } from './archived.js';
import { readStationFile } from './station-file.js';

const realNow = Date.now;
afterEach(() => vi.restoreAllMocks());

/** Of the first station, which comes first because it is larger, and of the second before and after it is replaced. */
const FIRST = encodeIgra2(archiveStation(1, 8).soundings);
const PLANNED = encodeIgra2(archiveStation(2, 4).soundings);
const REPLACED = Buffer.from(PLANNED.toString('latin1').replaceAll('ncdc6301', 'ncdc6302'), 'latin1');
const LONGER = encodeIgra2(archiveStation(2, 6).soundings);

describe('an input that is replaced once the run is planned', () => {
  it.each<[RunEvent['type'], string, Buffer, number]>([
    ['planned', 'by another of the same size and time', REPLACED, 4],
    ['started', 'by a longer one', LONGER, 6],
  ])(
    '(%s) %s fails its station, and the next run takes it as it is, under its own hash',
    async (moment, _, content, reports) => {
      expect(content.equals(PLANNED)).toBe(false);
      const [workdir, inputs] = [newWorkdir(), newWorkdir()];
      const [first, second] = [join(inputs, '1.txt'), join(inputs, '2.txt')];
      writeFileSync(first, FIRST);
      writeFileSync(second, PLANNED);
      const options = { input: [first, second], workers: 1 };
      // Ten seconds from now, so that the hashes of the files are remembered, and none is taken again.
      const later = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 10_000);
      await harvestFrom(null, workdir, options);
      const { atime, mtime } = statSync(second);
      let replaced = 0;
      const report = await harvestFrom(null, workdir, {
        ...options,
        force: true,
        onEvent: (event) => {
          if (event.type !== moment || replaced++ > 0) return;
          if (event.type === 'started') expect(event.station).toBe(stationId(1));
          writeFileSync(second, content);
          if (content.length === PLANNED.length) utimesSync(second, atime, mtime);
        },
      });
      later.mockRestore();
      expect(replaced).toBeGreaterThan(0);
      expect(exitCodeOfRun(report)).toBe(3);
      expect(report.stations[0]).toMatchObject({ state: 'done' });
      expect(report.stations[1]).toMatchObject({ state: 'failed', error: { code: 'INPUT_CHANGED' } });
      const next = await harvestFrom(null, workdir, options);
      expect(next.stations[1]).toMatchObject({ state: 'done', reports });
      const output = join(workdir, 'output/igra2', outputName(stationId(2)));
      const [source, ...more] = JSON.parse(String(readStationFile(output).attributes.source_files));
      expect(more).toEqual([]);
      expect(source).toEqual({
        name: '2.txt',
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      });

      // Nor does the ledger take the one for the other.
      const before = stampsOf(join(workdir, 'output'));
      const again = await harvestFrom(null, workdir, options);
      expect(again.stations.map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
      expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);
      writeFileSync(second, PLANNED);
      utimesSync(second, atime, mtime);
      expect((await harvestFrom(null, workdir, options)).stations[1]).toMatchObject({
        state: 'done',
        reports: 4,
      });
    },
  );
});
