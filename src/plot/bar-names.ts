/** Names of the bars of a timeline: the station, and its dataset where there are several. */
import { legible } from './drawing.js';
import { fitText, textWidth } from './font.js';
import type { StationPeriod } from './station-period.js';

export interface BarName {
  station: string;
  /** With what stands before it; '' where all bars are of one dataset. */
  dataset: string;
}

/** @param called names of stations by their ids, for entries without a name */
export function barName(
  { id, name, dataset }: StationPeriod,
  called: ReadonlyMap<string, string>,
  withDataset: boolean,
): BarName {
  return {
    station: legible(name === '' ? (called.get(id) ?? id) : name),
    dataset: withDataset ? ` · ${legible(dataset)}` : '',
  };
}

/** The name of the station is cut, not that of the dataset, which tells the bars of a station apart. */
export function fitName({ station, dataset }: BarName, room: number, fontSize: number): string {
  const left = Math.max(room - textWidth(dataset, fontSize), room / 4);
  return fitText(fitText(station, left, fontSize) + dataset, room, fontSize);
}
