/** Soundings as comma-separated lines `station,YYYYMMDDhh,pressure in hPa,temperature in degC`, one level each. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { daysSince1900, SECONDS_PER_DAY } from '../../../src/calendar.js';
import type { SoundingBatch } from '../../../src/records/batch.js';
import { createBatchBuilder } from '../../../src/records/builder.js';
import type { InputFile, StationInput } from '../../../src/records/input.js';
import { count } from '../../../src/records/tally.js';
import { OBSERVED_VARIABLE, QUALITY, TIME_QUALITY, Z_TYPE } from '../../../src/records/variables.js';
import { readDescriptor } from '../../../src/sources/descriptor.js';
import type { OpenOptions, Source } from '../../../src/sources/source.js';
import { nameOf, REASONS } from './reasons.js';

export const example: Source = {
  id: 'example',
  readerVersion: 1,
  encodings: { airTemperature: { unit: 'degC', precision: 0.1 } },
  describe: () => readDescriptor('example'),
  recognise(head) {
    const fits = /^\d{5},\d{10},/.test(Buffer.from(head.subarray(0, 17)).toString('latin1'));
    return fits ? { fits } : { fits, saw: 'something else than lines of the example archive' };
  },
  async *list(files) {
    const stations = new Map<string, Set<InputFile>>();
    for (const file of files) {
      for await (const [id] of linesOf(file)) stations.set(id, (stations.get(id) ?? new Set()).add(file));
    }
    for (const [id, own] of stations) yield { id, files: [...own] };
  },
  identify: (id) => ({
    primaryId: `0-20000-0-${id}`,
    primaryScheme: 0,
    secondaryId: id,
    secondaryScheme: 4,
    platformType: 0,
  }),
  facts: { positionsByLevel: false, heightFromList: false },
  reasons: async () => REASONS,
  locator: async () => (await import('./locate.js')).locateExample,
  open,
};

async function* open({ id, files }: StationInput, { tally }: OpenOptions): AsyncGenerator<SoundingBatch> {
  const builder = createBatchBuilder();
  for (const [inputFile, file] of files.entries()) {
    let open = '';
    let byteOffset = 0;
    let reportOffset = 0;
    const close = (): void => {
      if (open === '') return;
      tally.reports++;
      builder.endReport({
        launchTime: Number.NaN,
        nominalTime: secondsOf(open),
        dateOnlyTime: Number.NaN,
        timeQuality: TIME_QUALITY.hour,
        latitude: Number.NaN,
        longitude: Number.NaN,
        inputFile,
        byteOffset: reportOffset,
        comment: '',
      });
    };
    for await (const [station, time, hectopascal, celsius, length] of linesOf(file)) {
      if (station === id && !isTime(time)) count(tally.noted, nameOf('line.malformed'));
      else if (station === id) {
        if (time !== open) {
          close();
          [open, reportOffset] = [time, byteOffset];
        }
        tally.levels++;
        tally.fields++;
        if (celsius === '') count(tally.dropped, nameOf('air_temperature.missing'));
        else {
          builder.reserveRows(1);
          const { observations, rowCount } = builder;
          observations.observedVariable[rowCount] = OBSERVED_VARIABLE.airTemperature;
          observations.value[rowCount] = Number(celsius);
          observations.zCoordinate[rowCount] = Number(hectopascal) * 100;
          observations.zType[rowCount] = Z_TYPE.pressure;
          observations.elapsed[rowCount] = Number.NaN;
          observations.quality[rowCount] = QUALITY.notChecked;
          builder.rowCount++;
        }
      }
      byteOffset += length;
    }
    close();
  }
  const batch = builder.take();
  if (batch !== null) yield batch;
}

function isTime(time: string): boolean {
  return /^\d{10}$/.test(time);
}

function secondsOf(time: string): number {
  const [year, month, day, hour] = [time.slice(0, 4), time.slice(4, 6), time.slice(6, 8), time.slice(8)];
  return daysSince1900(Number(year), Number(month), Number(day)) * SECONDS_PER_DAY + Number(hour) * 3600;
}

type Line = [station: string, time: string, hectopascal: string, celsius: string, bytes: number];

async function* linesOf(file: InputFile): AsyncGenerator<Line> {
  for await (const line of createInterface({ input: Readable.from(file.chunks()) })) {
    const [station = '', time = '', hectopascal = '', celsius = ''] = line.split(',');
    yield [station, time, hectopascal, celsius, line.length + 1];
  }
}
