/** The words of the page. */
import { type Html, html } from '../html.js';
import { section } from './parts.js';

const TERMS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'Station',
    'A place, or a ship, that launches balloons. Its id is the WIGOS id where that is known, else the id of the archive.',
  ],
  [
    'Launch, report',
    'One ascent of a balloon, as one report of the archive tells of it: a row of header_table.',
  ],
  [
    'Level',
    'One height of an ascent, given by its pressure or its height, with the values that were measured there.',
  ],
  [
    'Value, observation, row',
    'One measured number, such as the temperature at one level: a row of observations_table.',
  ],
  ['Values read', 'All places in the source that may hold such a number, whether they do or not.'],
  [
    'Record',
    'All rows of one time. Two launches of a station that share a time are two reports in one record.',
  ],
  ['Missing', 'The archive has no value in this place.'],
  [
    'Removed by quality control (qa-removed)',
    'The archive had a value and took it out because its own checks found it wrong; only the mark is left.',
  ],
  [
    'Repeated (exact-duplicate)',
    'The same value at the same level of the same launch a second time; one of them is a row.',
  ],
  [
    'Used as coordinate',
    'A height that tells where its level is. It is in the file as z_coordinate, and not repeated as a value.',
  ],
  [
    'Out of range',
    'A number that the quantity cannot have, such as a wind from 400 degrees. This is no quality control.',
  ],
  ['Skipped', 'A part of an input that could not be used; the rest was. The place in the input is told.'],
  ['Unchanged', 'A station whose input, tables and options are those of an earlier run: its files stayed.'],
  [
    'Nominal time, launch time',
    'The hour that a report is for, such as 12 UTC, and the time when the balloon left, often an hour before.',
  ],
  [
    'Feedback',
    'What a reanalysis or a forecast said of an observation: its distance from the first guess and from the analysis.',
  ],
  [
    'Common Data Model (CDM)',
    'The tables and codes that the files follow; an edition is one state of them, told by its commit.',
  ],
];

export function glossary(): Html {
  return section(
    'glossary',
    'Words',
    html`<dl class="glossary">${TERMS.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl>`,
  );
}
