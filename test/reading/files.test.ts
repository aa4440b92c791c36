/** Which station files a path means. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { stationFilesOf } from '../../src/reading/files.js';
import { createWorkspace } from '../cli/workspace.js';

const space = createWorkspace();

describe('station files', () => {
  it('are the files named, and those below folders, behind links too, sorted, each once', async () => {
    const far = [space.write('disk/igra2/b.nc', ''), space.write('disk/igra2/a.NC', '')];
    space.write('disk/igra2/.a.nc.17.tmp', '');
    space.write('disk/igra2/.hidden.nc', '');
    const own = space.write('output/ncar/c.nc', '');
    space.write('output/reports/run.json', '');
    symlinkSync(space.path('disk/igra2'), space.path('output/igra2'));
    // A link to a folder above goes round for ever.
    symlinkSync(space.path('output'), space.path('output/ncar/all'));
    const found = [space.path('output/igra2/a.NC'), space.path('output/igra2/b.nc'), own];
    expect(await stationFilesOf([space.path('output')])).toEqual(found);
    expect(await stationFilesOf([own, space.path('output'), ...far])).toEqual([
      own,
      ...found.slice(0, 2),
      ...far,
    ]);
  });

  it('must be there', async () => {
    mkdirSync(space.path('empty'));
    const error = await stationFilesOf([space.path('empty')]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ code: 'NO_STATION_FILES' });
    await expect(stationFilesOf([space.path('nowhere')])).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
