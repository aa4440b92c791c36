/** Station files as tables and columns, and files that are none. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, StorageError } from '../../src/errors.js';
import { createNetcdf } from '../../src/netcdf4/index.js';
import { codeNames } from '../../src/reading/codes.js';
import { openStation } from '../../src/reading/open.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { withStation } from '../support/demo/station-view.js';

const space = createWorkspace();

describe('a station file', () => {
  it('has in every column of every table what h5wasm sees: texts, numbers, missing values', async () => {
    const output = join(await demoOutputs(), 'output');
    for (const id of ['igra2', 'era5_1759']) {
      const path = join(output, id, `0-20000-0-99001_${id}_harvested.nc`);
      const station = await openStation(path);
      expect(station).toMatchObject({ dataset: id, profile: 'cdm' });
      await withStation(path, async (view) => {
        expect([...station.tables.keys()]).toEqual([...view.tables.keys()]);
        expect([...station.records.time]).toEqual([...view.root.numbers('recordtimestamp')]);
        expect([...station.records.firstRow]).toEqual([...view.root.numbers('recordindex')]);
        expect([...station.records.rowCount]).toEqual([...view.root.numbers('recordsize')]);
        // The view closes its file when this function returns: what it has is taken first.
        const seen = [...view.tables].flatMap(([table, of]) =>
          of.columns.map((name) => {
            const isText = of.schema(name).type === 'char';
            return { table, name, isText, values: isText ? of.texts(name) : of.numbers(name) };
          }),
        );
        for (const { table, name, isText, values } of seen) {
          const column = station.table(table).column(name);
          expect(column.kind === 'text', `${table}/${name}`).toBe(isText);
          const read = isText ? await column.texts() : await column.numbers();
          expect(String(read), `${table}/${name}`).toBe(String(values));
        }
      });
      station.close();
    }
  });

  it('says of a column what it is', async () => {
    const station = await openStation(
      join(await demoOutputs(), 'output/igra2/0-20000-0-99001_igra2_harvested.nc'),
    );
    const table = station.table('observations_table');
    expect(table.column('date_time')).toMatchObject({ kind: 'time', width: 1, rows: table.rows });
    expect(table.column('units')).toMatchObject({ kind: 'int', externalTable: 'units:units' });
    expect(table.column('observation_value')).toMatchObject({ kind: 'number', isStored: true });
    expect(table.column('latitude').units).toBe('degrees_north');
    expect(table.column('secondary_value').isStored).toBe(false);
    await expect(table.column('report_id').numbers()).rejects.toThrow(TypeError);
    await expect(table.column('units').texts()).rejects.toThrow(TypeError);
    expect(() => table.column('colour')).toThrow('has no column observations_table/colour');
    expect(() => station.table('era5fb')).toThrow('has no table era5fb');
    const units = await codeNames(station, 'units', 'abbreviation');
    expect([units.get(5), units.get(32), units.get(731)]).toEqual(['K', 'Pa', 'm/s']);
    expect((await codeNames(station, 'z_coordinate_type')).get(1)).toMatch(/pressure/i);
    expect((await codeNames(station, 'no_such_table')).size).toBe(0);
    station.close();
  });
});

describe('what is no station file', () => {
  it('is refused with what it lacks', async () => {
    const path = space.path('other.nc');
    const file = await createNetcdf(path);
    file.root.attribute('title', 'something else');
    await file.close();
    const error = await openStation(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      code: 'NOT_A_STATION_FILE',
      message: `${path} has no root variable recordtimestamp`,
    });
  });

  it('is refused where it is text, empty, or absent', async () => {
    writeFileSync(space.path('text'), 'a,b\n1,2\n'.repeat(30));
    writeFileSync(space.path('empty'), '');
    await expect(openStation(space.path('text'))).rejects.toThrow(InputError);
    await expect(openStation(space.path('empty'))).rejects.toThrow(InputError);
    await expect(openStation(space.path('absent'))).rejects.toThrow(StorageError);
    await expect(openStation(space.folder)).rejects.toThrow(StorageError);
  });
});
