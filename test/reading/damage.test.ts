/** Station files with flipped bits: whatever looks at them ends with an error of the project, or with what is left. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { show } from '../../src/cli/show.js';
import { HarvestError, InputError } from '../../src/errors.js';
import { readStationFile } from '../../src/page/station-file.js';
import { rowBlocks } from '../../src/plot/row-blocks.js';
import { openStation } from '../../src/reading/open.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import type { StationTable } from '../../src/reading/station.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';

const space = createWorkspace();
let whole: Buffer;
beforeAll(async () => {
  whole = readFileSync(join(await demoOutputs(), 'output/igra2/0-20000-0-99003_igra2_harvested.nc'));
});

function damaged(at: number, bit: number): string {
  const bytes = Buffer.from(whole);
  bytes[at] = (bytes[at] as number) ^ (1 << bit);
  const path = space.path('damaged.nc');
  writeFileSync(path, bytes);
  return path;
}

/** Where the values of a root variable lie. */
async function placeOf(name: string): Promise<number> {
  const station = await openStation(space.write('whole.nc', whole));
  const address = station.contents.root.variables.get(name)?.storage()[0]?.address;
  station.close();
  return address ?? Number.NaN;
}

describe('a damaged station file', () => {
  it.each([
    ['recordsize', 0],
    ['recordindex', 8],
    ['recordtimestamp', 12],
  ])('is refused where %s does not fit', async (name, offset) => {
    const path = damaged((await placeOf(name)) + offset, 5);
    await expect(openStation(path)).rejects.toMatchObject({ code: 'RECORD_INDEX' });
  });

  it('never breaks show or the page in another way', async () => {
    const words = { csv: false, json: false };
    let refused = 0;
    // The metadata are the last two thirds of so small a file.
    for (let at = 48; at < whole.length; at += Math.ceil(whole.length / 150)) {
      const file = damaged(at, at % 8);
      for (const look of [
        () => show({ file, ...words }),
        () => show({ file, ...words, time: 'first' }),
        () => readStationFile(file),
      ])
        await look().catch((error: unknown) => {
          expect(error, `byte ${at}`).toBeInstanceOf(HarvestError);
          refused++;
        });
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('leaves no rejection that nobody waits for where one column is damaged and the next is missing', async () => {
    const station = await openStation(space.write('two-faults.nc', whole));
    const table = (name: string): StationTable => {
      const found = station.table(name);
      if (name !== 'observations_table') return found;
      return {
        ...found,
        column: (column) => {
          if (column !== 'observed_variable') throw new InputError('MISSING_COLUMN', 'missing');
          return {
            ...found.column(column),
            numbers: async () => Promise.reject(new InputError('NETCDF_STRUCTURE', '')),
          };
        },
      };
    };
    const faulty = { ...station, table };
    await expect(readLaunch(faulty, 0)).rejects.toThrow(InputError);
    const columns = {
      variable: ['observations_table', 'observed_variable'],
      value: ['observations_table', 'observation_value'],
    } as const;
    await expect(rowBlocks(faulty, columns).next()).rejects.toThrow(InputError);
    station.close();
  });

  it('may be a pipe: nobody waits for it', async () => {
    execFileSync('mkfifo', [space.path('pipe.nc')]);
    const error = await openStation(space.path('pipe.nc')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'NOT_A_FILE' });
  });
});
