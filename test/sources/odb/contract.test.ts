import { describe } from 'vitest';
import { era5_1, era5_3188 } from '../../../src/sources/odb/index.js';
import { encodeOdbText } from '../../support/odb-encoder.js';
import { makeOdbRows } from '../../support/odb-rows.js';
import { smallTable } from '../../support/odb-tables.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { frameOf } from '../../support/odb2-tables.js';
import { makeStation } from '../../support/soundings.js';
import { describeSource } from '../../support/source-contract.js';

const tables = ['11035', '82930'].map((id, i) =>
  makeOdbRows(
    makeStation(20 + i, { id: `XXM000${id}`, soundings: 4, significantLevels: 6, kinds: ['classic'] }),
  ),
);
const rows = [120000, 230000].map((time) =>
  [85000, 70000].map((pressure) => ({ 'time@hdr': time, 'vertco_reference_1@body': pressure })),
);

describe('exports as text', () => {
  describeSource('era5_1', () => ({
    source: era5_1,
    files: tables.map((table, i) => ({
      name: `era5.conv._${['11035', '82930'][i]}.txt`,
      content: encodeOdbText(table),
    })),
    stations: { '11035': 4, '82930': 4 },
    small: { name: 'era5.conv._11035.txt', content: encodeOdbText(smallTable(rows.flat())) },
  }));
});

describe('ODB-2', () => {
  describeSource('era5_3188', () => ({
    source: era5_3188,
    files: [{ name: 'two.odb', content: encodeOdb2(tables.map(frameOf)) }],
    stations: { '11035': 4, '82930': 4 },
    small: { name: 'few.odb', content: encodeOdb2(rows.map((own) => frameOf(smallTable(own)))) },
  }));
});
