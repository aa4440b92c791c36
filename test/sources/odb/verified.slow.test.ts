/** Damaged exports that are harvested all the same: whatever is published of them, `verify` has nothing against it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HarvestError } from '../../../src/errors.js';
import { createVerifier } from '../../../src/verify/index.js';
import { harvestInto, temporaryFolder } from '../../run/station-file.js';
import { mutate, seededRandom } from '../../support/mutate.js';
import { encodeOdbText, type OdbTable } from '../../support/odb-encoder.js';
import { makeOdbRows, type OdbDataset } from '../../support/odb-rows.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { makeStation } from '../../support/soundings.js';

const SEED = 12;
const MUTANTS = 15 * Number(process.env.MATRIX_FACTOR ?? 1);
const MEANINGFUL = new TextEncoder().encode("\t\n\r '-.0129eN@:");

function tableOf(dataset: OdbDataset): OdbTable {
  const soundings = ['11035', '82930'].flatMap((id, i) =>
    makeStation(SEED + i, {
      id: `XXM000${id}`,
      soundings: 2,
      significantLevels: 1,
      kinds: ['classic', 'pilot-by-height'],
    }),
  );
  const table = makeOdbRows(soundings, { dataset, seed: SEED });
  return { ...table, rows: table.rows.filter((_, row) => row % 5 === 0) };
}

function binary({ columns, rows }: OdbTable): Uint8Array {
  return encodeOdb2([
    {
      columns: columns.map(({ name, type }, i) => ({
        name,
        type,
        values: rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
      })),
    },
  ]);
}

it.each<[name: string, source: OdbDataset, bytes: Uint8Array]>([
  ['text', 'era5_1', encodeOdbText(tableOf('era5_1'))],
  ['padded text with marks', 'era5_1759', encodeOdbText(tableOf('era5_1759'), { padded: true, marks: true })],
  ['ODB-2', 'era5_1', binary(tableOf('era5_1'))],
])(
  'of %s',
  async (_, source, whole) => {
    const folder = temporaryFolder();
    const random = seededRandom(SEED);
    let verified = 0;
    for (let i = 0; i < MUTANTS; i++) {
      const input = join(folder, `mutant${i}`);
      writeFileSync(input, mutate(whole, random, MEANINGFUL));
      try {
        const { stations } = await harvestInto(join(folder, String(i)), [input], { source });
        const verifier = createVerifier({ limit: 20, against: [input] });
        for (const path of stations.flatMap(({ files }) => files)) {
          expect((await verifier.verify(path)).findings.kept, `mutant ${i}`).toEqual([]);
          verified++;
        }
      } catch (error) {
        if (!(error instanceof HarvestError)) throw error;
      }
    }
    expect(verified).toBeGreaterThan(0);
  },
  3_600_000,
);
