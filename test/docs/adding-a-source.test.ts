/** The worked example of docs/adding-a-source.md, as it is printed there: a descriptor, a reader, a line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceDescriptor } from '../../src/records/descriptor.js';
import { sources } from '../../src/sources/registry.js';
import type { Source } from '../../src/sources/source.js';
import { harvestInto, readStationFile, temporaryFolder } from '../run/station-file.js';
import { example } from '../support/example-source.js';

const page = readFileSync(new URL('../../docs/adding-a-source.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  Array.from(
    page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')),
    ([, text]) => text ?? '',
  );

describe('the worked example of docs/adding-a-source.md', () => {
  it('prints the reader that this test runs', () => {
    const reader = readFileSync(new URL('../support/example-source.ts', import.meta.url), 'utf8')
      .replaceAll("'../../src/records/", "'../../records/")
      .replaceAll("'../../src/sources/", "'../");
    expect(blocks('ts')).toContain(reader);
  });

  it('prints a line that fits into the registry', () => {
    const registry = readFileSync(new URL('../../src/sources/registry.ts', import.meta.url), 'utf8');
    const line = blocks('ts').find((text) => text.includes("['example'")) ?? '';
    const lines = registry.split('\n').filter((text) => text.includes('await import('));
    const shape = (text: string): string => text.trim().replaceAll(/\w+/g, 'x').replaceAll(/x\/x/g, 'x');
    expect(lines.map((text) => shape(text))).toContain(shape(line));
  });

  it('harvests', async () => {
    const folder = temporaryFolder();
    const descriptor: SourceDescriptor = JSON.parse(blocks('json')[0] ?? '');
    const added: Source = { ...example, describe: async () => descriptor };
    (sources as Map<string, () => Promise<Source>>).set('example', async () => added);
    const input = join(folder, '11035.csv');
    writeFileSync(input, '11035,2021061800,925,13.2\n11035,2021061800,850,\n11035,2021061812,1000,17.9\n');
    const report = await harvestInto(folder, [input], { source: 'example' });
    expect(report.stations).toMatchObject([
      { station: '11035', state: 'done', tally: { fields: 3, rows: 2 } },
    ]);
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.numbers('observations_table/observation_value')).toEqual([286.35, 291.05].map(Math.fround));
    expect(file.numbers('observations_table/z_coordinate')).toEqual([92_500, 100_000]);
    expect(file.attributes.primary_station_id).toBe('0-20000-0-11035');
  });
});
