/** `harvest plot PATH`. */
import { defineCommand } from '../command.js';

export const plot = defineCommand({
  positionals: {
    path: {
      type: 'string',
      demandOption: true,
      describe: 'a station file, or a folder of them',
    },
  },
  options: {
    kind: {
      choices: ['skewt', 'availability', 'departures', 'map', 'timeline'],
      describe:
        'what to draw: the first three of a file [default: skewt], the others of a folder [default: map]',
    },
    time: {
      type: 'string',
      requiresArg: true,
      describe:
        'skewt, departures: the launch, as for show [default: skewt: the last with temperature; departures: all]',
    },
    output: {
      type: 'string',
      requiresArg: true,
      describe: '.svg or .png file [default: SVG on standard output]',
    },
    width: {
      type: 'number',
      requiresArg: true,
      default: 1000,
      describe: 'pixels, 600 to 6000',
    },
    height: {
      type: 'number',
      requiresArg: true,
      describe: 'pixels, 400 to 6000 [default: what fits]',
    },
    top: {
      type: 'number',
      requiresArg: true,
      describe: 'skewt: pressure at the top, hPa [default: as high as the launch went, at least 100]',
    },
    background: {
      choices: ['first-guess', 'analysis'],
      default: 'first-guess',
      describe: 'departures: from what',
    },
    feedback: {
      type: 'string',
      requiresArg: true,
      describe: 'departures: of this group of feedback [default: the first group with departures]',
    },
    'with-failed': {
      type: 'boolean',
      default: false,
      describe: 'skewt, departures: also values that failed quality control',
    },
    json: {
      type: 'boolean',
      default: false,
      describe: 'what was drawn, and its numbers (LCL, CAPE, statistics)',
    },
  },
  handler: async (words) => await (await import('../plot.js')).plotCommand(words),
});
