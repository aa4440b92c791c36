/** The worked example of docs/adding-a-source.md, as it is printed there: a descriptor, a reader, its reasons, a locator, a line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SourceDescriptor } from '../../src/records/descriptor.js';
import { readStationFile, temporaryFolder } from '../run/station-file.js';
import { example } from '../support/example/index.js';
import { addSource, chains, faultsOf, goWholeWay, removeSource } from '../support/whole-way.js';

const page = readFileSync(new URL('../../docs/adding-a-source.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  Array.from(
    page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')),
    ([, text]) => text ?? '',
  );

afterAll(() => removeSource(example));

describe('the worked example of docs/adding-a-source.md', () => {
  it.each(['index.ts', 'reasons.ts', 'locate.ts'])('prints the %s that this test runs', (name) => {
    const code = readFileSync(new URL(`../support/example/${name}`, import.meta.url), 'utf8')
      .replaceAll("'../../../src/sources/", "'../")
      .replaceAll("'../../../src/", "'../../");
    expect(blocks('ts')).toContain(code);
  });

  it('prints a line that fits into the registry', () => {
    const registry = readFileSync(new URL('../../src/sources/registry.ts', import.meta.url), 'utf8');
    const line = blocks('ts').find((text) => text.includes("['example'")) ?? '';
    const lines = registry.split('\n').filter((text) => text.includes('await import('));
    const shape = (text: string): string => text.trim().replaceAll(/\w+/g, 'x').replaceAll(/x\/x/g, 'x');
    expect(lines.map((text) => shape(text))).toContain(shape(line));
  });

  it('goes all the way: harvest, verify, explain, page', async () => {
    const folder = temporaryFolder();
    const descriptor: SourceDescriptor = JSON.parse(blocks('json')[0] ?? '');
    addSource({ ...example, describe: async () => descriptor });
    const input = join(folder, '11035.csv');
    writeFileSync(input, '11035,2021061800,925,13.2\n11035,2021061800,850,\n11035,2021061812,1000,17.9\n');
    const { report, findings, explained, page: html } = await goWholeWay('example', input);

    expect(report.stations).toMatchObject([
      { station: '11035', state: 'done', tally: { fields: 3, rows: 2 } },
    ]);
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.numbers('observations_table/observation_value')).toEqual([286.35, 291.05].map(Math.fround));
    expect(file.numbers('observations_table/z_coordinate')).toEqual([92_500, 100_000]);
    expect(file.attributes.primary_station_id).toBe('0-20000-0-11035');

    expect(findings).toEqual([]);

    expect(chains(explained)).toEqual(['13.2 degC -> 286.35 K', '17.9 degC -> 291.05 K']);
    expect(faultsOf(explained)).toEqual([]);

    expect(html).toContain('example.air_temperature.missing');
    expect(html).toContain('Air temperature: the archive has no value here.');
    expect(html).not.toContain('no words for this reason');
  });
});
