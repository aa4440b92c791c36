/** `harvest inspect FILE`: what a file holds, without writing anything. */

import { isoTime } from '../calendar.js';
import { InputError } from '../errors.js';
import { openInput } from '../fetch/members.js';
import { checkStructure } from '../netcdf4/index.js';
import { countsOf } from '../output/index.js';
import type { InputFile } from '../records/input.js';
import { recordTimeOf } from '../records/sounding.js';
import { createTally } from '../records/tally.js';
import { spoolInputs } from '../run/spool.js';
import { findBeginning, mayHold } from '../sources/beginning.js';
import { firstBytes } from '../sources/head.js';
import { sources } from '../sources/registry.js';
import type { Inventory, Source } from '../sources/source.js';

/** @throws InputError when no source recognises the file, with what each saw */
export async function inspectFile(path: string, json: boolean): Promise<string> {
  const { paths, remove } = await spoolInputs([path], { isWanted: mayHoldAny });
  try {
    const facts = await factsOf(paths[0] ?? path);
    return json ? JSON.stringify(facts, null, 2) : lines(facts).join('\n');
  } finally {
    await remove();
  }
}

/** Whether any source may read this. */
async function mayHoldAny(beginning: InputFile): Promise<boolean> {
  for (const load of sources.values()) if (await mayHold(beginning, await load())) return true;
  return isHdf5(await firstBytes(beginning));
}

async function factsOf(path: string): Promise<Record<string, unknown>> {
  const file = await openInput(path);
  const head = await firstBytes(file);
  if (isHdf5(head)) return { file: path, format: 'netCDF-4', ...(await checkStructure(path)) };
  const saw = new Set<string>();
  const fitting: Source[] = [];
  for (const load of sources.values()) {
    const source = await load();
    if (source.inventory?.recognise(head)) return await inventoryFacts(source.id, source.inventory, file);
    const { recognition } = await findBeginning(file, source);
    if (recognition.fits) fitting.push(source);
    else saw.add(recognition.saw);
  }
  // The datasets of one format cannot be told apart by their files: any of their readers will do.
  const [reader] = fitting;
  if (reader !== undefined) return await soundingFacts(reader, fitting, file);
  throw new InputError('WRONG_FORMAT', `${path} is ${[...saw].join(', ')}: no source reads it`, {
    file: path,
  });
}

function isHdf5(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 8)).toString('latin1') === '\x89HDF\r\n\x1a\n';
}

async function inventoryFacts(
  dataset: string,
  inventory: Inventory,
  file: InputFile,
): Promise<Record<string, unknown>> {
  const tally = createTally();
  const stations = await inventory.read(file, tally);
  return {
    file: file.path,
    format: `${dataset} station list`,
    stations: stations.size,
    noted: countsOf(tally).noted,
  };
}

async function soundingFacts(
  source: Source,
  fitting: readonly Source[],
  file: InputFile,
): Promise<Record<string, unknown>> {
  const tally = createTally();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let rows = 0;
  const stations: string[] = [];
  for await (const station of source.list([file], { tally })) {
    stations.push(`${station.id} (${source.identify(station.id).primaryId})`);
    for await (const { reports, observations } of source.open(station, { tally })) {
      for (let i = 0; i < reports.firstRow.length; i++) {
        const time = recordTimeOf(reports, i, 'launch');
        first = Math.min(first, time);
        last = Math.max(last, time);
      }
      rows += observations.value.length;
    }
  }
  const { rows: _, ...counts } = countsOf(tally);
  return {
    file: file.path,
    content: file.name,
    format: fitting.map(({ id }) => id).join(', '),
    station: stations.join(', '),
    ...(Number.isFinite(first) && { first: isoTime(first), last: isoTime(last) }),
    values: rows,
    ...counts,
    skipped: tally.skipped,
  };
}

function lines(facts: Record<string, unknown>): string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    if (Array.isArray(value))
      return value.length === 0 ? [] : [`${name}:`, ...value.map((item) => `  ${JSON.stringify(item)}`)];
    if (typeof value !== 'object' || value === null) return [`${name.padEnd(12)}${String(value)}`];
    return [
      `${name}:`,
      ...Object.entries(value).map(([reason, n]) => `  ${String(n).padStart(9)}  ${reason}`),
    ];
  });
}
