/** Reasons made of a quantity and why a field of it has no value in the file: `air_temperature.qa-removed`. */
import type { CodedReason, Effect } from './reason.js';

/** Quantities as the counts name them, and in words. */
const QUANTITIES = {
  air_temperature: 'Air temperature',
  air_pressure: 'Air pressure',
  dew_point: 'Dew point',
  dew_point_depression: 'Dew point depression',
  relative_humidity: 'Relative humidity',
  specific_humidity: 'Specific humidity',
  geopotential_height: 'Geopotential height',
  altitude: 'Altitude',
  wind_from_direction: 'Wind direction',
  wind_speed: 'Wind speed',
  eastward_wind: 'Eastward wind',
  northward_wind: 'Northward wind',
  pressure: 'Pressure of a level',
  elapsed: 'Time since launch of a level',
  elevation: 'Elevation of the station',
} as const;

const AT_SURFACE = '_surface';

/** A quantity as the counts name it. */
export type QuantityName = keyof typeof QUANTITIES | `${keyof typeof QUANTITIES}${typeof AT_SURFACE}`;

/** Why a field has no value in the file. */
const WHY_NO_ROW = {
  missing: 'the archive has no value here',
  null: 'the archive has no value here',
  'qa-removed': "removed by the archive's own quality control, which leaves a mark in place of the value",
  unreadable: 'what stands there is no number',
  'out-of-range': 'the number is impossible for this quantity',
  'used-as-coordinate':
    'it is in the file as the vertical coordinate of its level, and not repeated as a value',
  'no-coordinate': 'its level has neither pressure nor height, so that it has no place',
  repeated: 'its level gives it a second time',
  'outside-levels': 'it belongs to none of the levels of the report',
} as const;
export type WhyNoRow = keyof typeof WHY_NO_ROW;

/** A quantity in words: `Dew point at the surface`. */
export function quantityInWords(name: QuantityName): string {
  const words: Readonly<Record<string, string>> = QUANTITIES;
  const atSurface = name.endsWith(AT_SURFACE);
  return `${words[atSurface ? name.slice(0, -AT_SURFACE.length) : name]}${atSurface ? ' at the surface' : ''}`;
}

/** Every combination, in order, of fields that may be rows: each is left out. */
export function droppedReasons<Quantity extends QuantityName, Why extends WhyNoRow>(
  quantities: readonly Quantity[],
  whys: readonly Why[],
): CodedReason<`${Quantity}.${Why}`>[] {
  return combined(quantities, whys, () => 'left out');
}

/** Every combination, in order, of fields that are no rows: one that the archive does not have is only worth knowing. */
export function notedReasons<Quantity extends QuantityName, Why extends WhyNoRow>(
  quantities: readonly Quantity[],
  whys: readonly Why[],
): CodedReason<`${Quantity}.${Why}`>[] {
  return combined(quantities, whys, (why) => (why === 'missing' || why === 'null' ? 'noted' : 'left out'));
}

function combined<Quantity extends QuantityName, Why extends WhyNoRow>(
  quantities: readonly Quantity[],
  whys: readonly Why[],
  effectOf: (why: Why) => Effect,
): CodedReason<`${Quantity}.${Why}`>[] {
  return quantities.flatMap((quantity) =>
    whys.map((why) => ({
      code: `${quantity}.${why}` as const,
      effect: effectOf(why),
      sentence: `${quantityInWords(quantity)}: ${WHY_NO_ROW[why]}.`,
    })),
  );
}
