/** What the feedback of a dataset says of itself, where it says nothing: in files of earlier versions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OF_COLUMN, OF_GROUP } from '../../src/records/feedback-attributes.js';
import { copyOf } from './copies.js';
import { harvestSmall, verifierOf } from './planted.js';

let folder: string;
let era5: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feedback-layout-'));
  ({ era5 } = await harvestSmall(folder));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const none = (names: Readonly<Record<string, string>>) =>
  Object.fromEntries([...Object.values(names), 'long_name'].map((name) => [name, null]));

const COLUMNS = ['obsvalue', 'biascorr', 'an_depar', 'fg_depar', 'vertco_reference_1'].map(
  (name) => `${name}@body`,
);
const ERRORS = ['obs_error', 'final_obs_error', 'fg_error', 'eda_spread'].map((name) => `${name}@errstat`);

it('is a note where it says nothing at all, and a finding where it says a part', async () => {
  const attributes = {
    era5fb: none(OF_GROUP),
    ...Object.fromEntries([...COLUMNS, ...ERRORS].map((name) => [`era5fb/${name}`, none(OF_COLUMN)])),
  };
  const verify = verifierOf({ workdir: folder });
  const silent = await verify(await copyOf(folder, era5, 1, { attributes }));
  expect(silent.findings.filter(({ kind }) => kind !== 'ledger')).toEqual([]);
  expect(silent.notes).toContainEqual(expect.stringContaining('era5fb does not say what it is'));
  const part = await verify(await copyOf(folder, era5, 2, { attributes: { era5fb: none(OF_GROUP) } }));
  expect(part.findings).toContainEqual(
    expect.objectContaining({
      kind: 'layout',
      table: 'era5fb',
      message: 'the attribute feedback_of is missing',
    }),
  );
  expect((await verify(era5)).notes.join()).not.toContain('does not say');
});
