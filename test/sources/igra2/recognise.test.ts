import { describe, expect, it } from 'vitest';
import { createTally } from '../../../src/records/tally.js';
import { igra2 } from '../../../src/sources/igra2/index.js';
import { encodeStationList } from '../../support/igra2-encoder.js';
import { inputOf } from '../../support/igra2-reading.js';

const HEADER = '#USM00072558 2025 03 08 12 1110  212 ncdc-nws           413200  -963669\n';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
/** A derived-parameters header: the first 36 columns of a sounding's, then numbers to column 156. */
const DERIVED = `${HEADER.slice(0, 36)}${'  1234'.repeat(20)}\n`;

describe('recognition by content', () => {
  it('a header without sources and position fits', () => {
    expect(igra2.recognise(bytes(`${HEADER.slice(0, 36)}\n`))).toEqual({ fits: true });
  });

  it.each([
    ['an IGRA derived-parameters file (-drvd.txt)', bytes(DERIVED)],
    [
      'IGRA monthly means',
      bytes('USM00072201 1973 01 1000   119   31\nUSM00072201 1973 02 1000   119   28\n'),
    ],
    ['IGRA monthly means', bytes('AEM00041217 2019  6 9999  23555 28\nAEM00041217 2019  6  925   9467 30\n')],
    ['IGRA monthly means', bytes('\xef\xbb\xbfAEM00041217 2019 12  925   9467 30\n')],
    ['an IGRA derived-parameters file (-drvd.txt)', bytes(`${DERIVED.slice(0, 72)}\n`)],
    [
      'the IGRA station history (igra2-metadata.txt)',
      bytes('AUM00011035 11035 WIEN/HOHE WARTE                   48.2486\n'),
    ],
    [
      'an IGRA station list',
      bytes('ACM00078861  17.1170  -61.7830   10.0    COOLIDGE FIELD (UA)            1947 1993  13896\n'),
    ],
    ['IGRA levels without a header', bytes('20    15  96697   449B  -34B  649    56   277    47 \n')],
    [
      'a UADB file of NCAR',
      bytes(
        'H            1  82930 1 20   3.0    0 1969  1  1 1200  0    -9.3700    305.1200  102.0  0   18 1.00\n',
      ),
    ],
    [
      'text that begins with "Format Description of IGRA 2 Sounding Da"',
      bytes('Format Description of IGRA 2 Sounding Data Files\n\n'),
    ],
  ])('%s is named', (saw, head) => {
    expect(igra2.recognise(head)).toEqual({ fits: false, saw });
  });
});

describe('list', () => {
  const other = HEADER.replace('USM00072558', 'ASM00094703');

  it('groups files by the id of the first header, ids by code unit, files in their order, inventories left out', async () => {
    const files = [
      inputOf(HEADER, { path: 'b', chunks: [1] }),
      inputOf(other, { path: 'c' }),
      inputOf(
        encodeStationList([
          {
            id: 'X'.repeat(11),
            latitude: 1,
            longitude: 2,
            elevation: 3,
            name: 'N',
            firstYear: 1900,
            lastYear: 2000,
            soundings: 1,
          },
        ]),
        { path: 'list' },
      ),
      inputOf(HEADER, { path: 'a' }),
    ];
    const listed = [];
    for await (const { id, files: own } of igra2.list(files, { tally: createTally() }))
      listed.push([id, own.map(({ path }) => path)]);
    expect(listed).toEqual([
      ['ASM00094703', ['c']],
      ['USM00072558', ['b', 'a']],
    ]);
  });
});
