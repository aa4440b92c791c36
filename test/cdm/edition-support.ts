import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a small edition: the tables that the extensions need, one code table more, tab-separated. */
const SMALL: Readonly<Record<string, string>> = {
  'table_definitions/observations_table.csv':
    '# Description: x\n# Source:\nelement_name\tkind\texternal_table\tdescription\nobservation_id\tvarchar (pk)\t\tID\nunits\tint\tunits:units\tUnits\nz_coordinate\tnumeric\t\t\n',
  'table_definitions/header_table.csv':
    'element_name\tkind\texternal_table\tdescription\nreport_id\tvarchar (pk)\t\tID\nreport_timestamp\ttimestamp with timezone\t\t\n',
  'table_definitions/units.csv':
    'element_name\tkind\texternal_table\tdescription\nunits\tint(pk)\t\t\nname\tvarchar\t\t\nabbreviation\tvarchar\t\t\n',
  'tables/units.dat': 'units\tname\tabbreviation\n005\tkelvin\tK\n032\tpascal\tPa\n',
  'tables/source_format.dat': 'format\tdescription\n0\tCSV\n',
  'tables/quality_flag.dat': 'flag\tdescription\n0\tPassed\n',
};

/** Writes the small edition below a folder; `changes` replaces, adds or (with `undefined`) leaves out files. */
export function writeEdition(
  folder: string,
  changes: Readonly<Record<string, string | undefined>> = {},
): void {
  for (const [path, text] of Object.entries({ ...SMALL, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
