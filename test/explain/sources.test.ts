/** Sources that are missing, changed or damaged by now, and questions that a file has no answer to. */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExplainWords, explainCommand } from '../../src/cli/explain.js';
import { exitCodeOf, InputError } from '../../src/errors.js';
import { explain } from '../../src/explain/index.js';
import { findSource, placesOf } from '../../src/explain/source-file.js';
import { openStation } from '../../src/reading/open.js';
import { runCli } from '../cli/built.js';
import { createWorkspace } from '../cli/workspace.js';
import { LAUNCHES } from '../reading/launches.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { explainAt, harvestFiles } from './harvested.js';

const space = createWorkspace();
const NAME = 'AUM00011035-data.txt';
const bytes = encodeIgra2(LAUNCHES);
/** 15.3 degC at 990 hPa. */
const ID = '20190220111700-00-000001';

const harvested = harvestFiles(space, 'igra2', { [NAME]: bytes });
let copies = 0;

/** A work folder of its own, whose source may be changed. */
async function vienna(): Promise<{ path: string; source: string; folder: string }> {
  const made = await harvested;
  const folder = space.path(`copy${copies++}`);
  cpSync(made.folder, folder, { recursive: true });
  const at = (path: string): string => join(folder, relative(made.folder, path));
  return { path: at(made.path), source: at(made.sources[0] ?? ''), folder };
}

describe('the source file of a report', () => {
  it('that is missing leaves what the station file tells, and says how to get it', async () => {
    const { path, source } = await vienna();
    rmSync(source);
    const { explanations } = await explainAt(path, { id: ID });
    expect(explanations[0]?.places).toEqual([]);
    expect(explanations[0]?.sources).toMatchObject([
      { name: NAME, state: 'missing', path: null, content: null, byteOffset: 0, report: null },
    ]);
    expect(explanations[0]?.sources[0]?.howToGet).toMatch(
      /^harvest --source igra2 --station 0-20000-0-11035 fetches it into/,
    );
    expect(explanations[0]?.warnings).toEqual([
      `${NAME} is not below ${dirname(source)}: only what the station file itself tells is shown`,
    ]);
    expect(explanations[0]?.observation.elements.find(({ name }) => name === 'units')?.meaning).toBe(
      'kelvin',
    );
  });

  it('is found in another folder, however deep, also beside one of the same name', async () => {
    const { path, source, folder } = await vienna();
    const other = join(folder, 'elsewhere');
    mkdirSync(join(other, 'a', 'b'), { recursive: true });
    renameSync(source, join(other, 'a', 'b', NAME));
    writeFileSync(join(other, NAME), 'another file');
    const { explanations } = await explainAt(path, { id: ID }, { sources: other });
    expect(explanations[0]?.sources).toMatchObject([{ state: 'same', path: join(other, 'a', 'b', NAME) }]);
    expect(explanations[0]?.warnings).toEqual([]);
  });

  it('that has grown since is another file, but the value stands where it stood', async () => {
    const { path, source } = await vienna();
    writeFileSync(source, Buffer.concat([bytes, bytes]));
    const { explanations } = await explainAt(path, { id: ID });
    expect(explanations[0]?.sources).toMatchObject([{ state: 'changed', path: source }]);
    expect(explanations[0]?.places).toHaveLength(1);
    expect(explanations[0]?.warnings).toEqual([
      expect.stringMatching(
        /is another file than the one that was harvested: its sha256 is not [0-9a-f]{64}/,
      ),
    ]);
  });

  it.each<[what: string, change: (from: Buffer) => Uint8Array, warning: RegExp]>([
    ['has lost its first byte', (from) => from.subarray(1), /no report of the station .* begins at byte 0/],
    [
      'has another value',
      (from) => Buffer.from(from.toString('latin1').replaceAll('  153', '  154')),
      /the bytes of the report give no such value/,
    ],
    ['is of another format', () => Buffer.from('<html>404</html>'), /no report of the station/],
    ['is a gzip file that is cut off', () => Buffer.from('1f8b0800000000000003', 'hex'), /cannot be read/],
    ['is empty', () => Buffer.alloc(0), /cannot be read: .* is empty/],
  ])('that %s is named with what is wrong', async (_, change, warning) => {
    const { path, source } = await vienna();
    writeFileSync(source, change(bytes));
    const { explanations } = await explainAt(path, { id: ID });
    expect(explanations[0]?.places).toEqual([]);
    expect(explanations[0]?.warnings.join('\n')).toMatch(/is another file than the one that was harvested/);
    expect(explanations[0]?.warnings.join('\n')).toMatch(warning);
  });

  it('is looked for by its base name alone, whatever the station file says', async () => {
    const { source } = await vienna();
    const known = { id: 'igra2-1', sha256: '0'.repeat(64), size: '' };
    for (const name of [`../igra2/${NAME}`, source, '..', '', 'a\0b'])
      expect(await findSource({ ...known, name }, { folder: dirname(source), isGiven: true })).toEqual({
        state: 'missing',
        path: null,
      });
  });
});

describe('a source that is given', () => {
  it('as a file stands for one with its name or its checksum, not for another part of a joined report', async () => {
    const work = await demoOutputs();
    const trhc = join(work, 'sources/ncar/uadb_trhc_99001.txt');
    const station = await openStation(join(work, 'output/ncar/0-20000-0-99001_ncar_harvested.nc'));
    const reports = [0];
    const { explanations } = await explain(station, { variable: 107, reports }, { sources: trhc });
    station.close();
    expect(explanations.length).toBeGreaterThan(5);
    for (const { sources, places } of explanations) {
      expect(sources.map(({ id, state }) => [id, state])).toEqual([
        ['ncar-1', 'same'],
        ['ncar-2', 'missing'],
      ]);
      expect(places.map(({ source }) => source)).not.toContain('ncar-2');
    }
  });

  it('must be there, unlike the folder where harvests keep theirs', async () => {
    const { path } = await vienna();
    const station = await openStation(path);
    const query = { variable: 126, reports: [0] };
    await expect(explain(station, query, { sources: join(dirname(path), 'typo') })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    station.close();
  });
});

describe('source_record_id', () => {
  it('names the places of a report, each once', () => {
    expect(placesOf('ncar-1', 'byte 17; ncar-2 byte 0; ncar-2 byte 0')).toEqual([
      { sourceId: 'ncar-1', byteOffset: 17 },
      { sourceId: 'ncar-2', byteOffset: 0 },
    ]);
  });

  it.each(['', 'byte', 'byte -1', 'line 3', 'byte 1e9'])('%j is none', (text) => {
    expect(placesOf('igra2-1', text)).toEqual([]);
  });
});

describe('harvest explain', () => {
  it('prints the way of a value, as text and as JSON, and leaves with 0', async () => {
    const { path, source } = await vienna();
    const [text, json] = await Promise.all([
      runCli(['explain', path, '--time', 'first', '--pressure', '850hPa', '--variable', 'temperature']),
      runCli(['explain', path, ID, '--json', '--sources', dirname(source)]),
    ]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout.split('\n')[0]).toBe(
      '20190220111700-00-000004: air temperature, -21 tenths of degC -> -2.1 degC -> 271.05 K',
    );
    expect(text.stdout).toContain(`source igra2-1: ${NAME}, ${bytes.length} bytes, sha256 `);
    expect(text.stdout).toContain(`  ${source}: the same file\n`);
    // ETIME and PRESS, the value, and its flag.
    expect(text.stdout).toMatch(/^ {7}~{3} {2}~{5} {9}\^{3}~$/m);
    expect(JSON.parse(json.stdout)).toMatchObject({
      file: path,
      dataset: 'igra2',
      stationId: '0-20000-0-11035',
      profile: 'cdm',
      explanations: [{ observationId: ID, warnings: [] }],
    });
  });

  it('leaves with 8 where the source gives another value, with 0 and a warning where it is missing', async () => {
    const [changed, missing] = [await vienna(), await vienna()];
    // The header brings a text that would colour a terminal.
    const hostile = bytes
      .toString('latin1')
      .replaceAll('153', '154')
      .replace(/^(.{37})....../, '$1\x1b[31m!');
    writeFileSync(changed.source, Buffer.from(hostile, 'latin1'));
    rmSync(missing.source);
    const [other, none] = await Promise.all([
      runCli(['explain', changed.path, ID]),
      runCli(['explain', missing.path, ID]),
    ]);
    expect(other.code).toBe(8);
    expect(other.stdout).toContain('\\x1b[31m!');
    expect(other.stdout + other.stderr).not.toContain('\x1b');
    expect(other.stderr).toMatch(/^warning: .* is another file than the one that was harvested/m);
    expect(none.code).toBe(0);
    expect(none.stderr).toMatch(/^warning: AUM00011035-data\.txt is not below /m);
    expect(none.stdout).toContain(
      '  not at hand; the report begins at byte 0 of its content\n  to get it: harvest --source igra2',
    );
  });

  it.each<[words: Partial<ExplainWords>, exitCode: number, message: RegExp, hint: RegExp]>([
    [
      { observation: '20190220111700-00-000099' },
      2,
      /has no observation 2019/,
      /go from 20190220111700-00-000000 to 20190220111700-00-000011/,
    ],
    [
      { observation: '20190220111800-00-000001' },
      2,
      /no launch at 2019-02-20T11:18:00Z: .* 2019-02-20T11:17/,
      /UTC/,
    ],
    [{ observation: 'x' }, 2, /"x" is no observation_id/, /looks like/],
    [
      { time: 'first', pressure: '84000' },
      2,
      /no such observation at 84000 Pa/,
      /84000 are at 85000, 99000, 50000/,
    ],
    [{ time: 'first', variable: '39' }, 2, /no variable 39 in this launch/, /126 air temperature/],
    [{ time: 'first', height: '9' }, 2, /no such observation at 9 m/, /nearest to 9 are at 6000/],
    [{ time: 'last', height: '9' }, 2, /no such observation/, /no level with a coordinate of this kind/],
    [{ time: 'first', variable: 'smell' }, 2, /smell is no variable/, /air_temperature/],
    [{ time: 'first', pressure: 'low' }, 2, /--pressure low is no pressure/, /--help/],
    [{ time: 'first', height: 'low' }, 2, /--height low is no height/, /--help/],
    [{ time: 'first', height: '9', pressure: '9' }, 2, /not both/, /--help/],
    [{ time: 'first' }, 2, /give an observation_id, or --time with/, /--help/],
    [{}, 2, /give an observation_id, or --time with/, /--help/],
    [{ observation: ID, variable: '126' }, 2, /not both/, /--help/],
    [{ observation: ID, sources: 'a', workdir: 'b' }, 2, /exclude each other/, /--help/],
  ])('says what is wrong with %j', async (words, exitCode, message, hint) => {
    const { path } = await harvested;
    const error: unknown = await explainCommand({ file: path, json: false, ...words }).catch(
      (e: unknown) => e,
    );
    expect(exitCodeOf(error)).toBe(exitCode);
    expect(error).toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('refuses what is no station file', async () => {
    const {
      sources: [source = ''],
      folder,
    } = await harvested;
    const asked = (file: string): Promise<number> => explainCommand({ file, observation: ID, json: false });
    await expect(asked(source)).rejects.toThrow(InputError);
    await expect(asked(join(folder, 'absent.nc'))).rejects.toThrow(/ENOENT/);
  });
});
