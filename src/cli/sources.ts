/** `harvest sources [ID]`: what can be harvested, and how to get it. */

import type { FeedbackDescriptor, SourceDescriptor } from '../records/descriptor.js';
import { feedbackTitle } from '../records/feedback-attributes.js';
import { loadSource, sources } from '../sources/registry.js';

/** @throws UsageError for an unknown id */
export async function describeSources(id: string | undefined, json: boolean): Promise<string> {
  const ids = id === undefined ? [...sources.keys()].sort() : [id];
  const descriptors = await Promise.all(ids.map(async (one) => (await loadSource(one)).describe()));
  if (json) return JSON.stringify(id === undefined ? descriptors : descriptors[0], null, 2);
  return id === undefined ? descriptors.map(shortText).join('\n') : descriptors.map(longText).join('\n');
}

function shortText({ id, title, period, size, feedback = [] }: SourceDescriptor): string {
  const brought = feedback.map(({ of }) => `; with feedback of ${of}`).join('');
  return `${id.padEnd(10)} ${title}\n${' '.repeat(11)}${period}; ${size}${brought}\n`;
}

function feedbackText({ group, of, run }: FeedbackDescriptor): string {
  return `${group}: ${feedbackTitle({ name: group, of, run })}`;
}

function longText(d: SourceDescriptor): string {
  const lines: [string, string][] = [
    ['title', d.title],
    ['summary', d.summary],
    ['provider', d.provider],
    ['homepage', d.homepage],
    ['period', d.period],
    ['size', d.size],
    ['licence', d.licence],
    ['citation', d.citation],
    ...(d.feedback === undefined
      ? []
      : [['feedback', d.feedback.map(feedbackText).join('\n')] satisfies [string, string]]),
    ['where', `${d.access}${d.login ? ' (login needed)' : ' (no login)'}`],
    ['files', d.filePatterns.join('\n')],
    ['station id', d.stationIdRule],
    ['how to', howTo(d)],
  ];
  return lines
    .map(([name, text]) => `${name.padEnd(12)}${text.replaceAll('\n', `\n${' '.repeat(12)}`)}`)
    .join('\n');
}

function howTo({ id, download }: SourceDescriptor): string {
  const variable = `HARVEST_${id.toUpperCase()}`;
  if (download.mirrors.length > 0) {
    const bases = download.mirrors.map(({ base }) => `  ${base}`).join('\n');
    return `harvest --source ${id} fetches what is new, from\n${bases}\nor from --mirror ${id}=<base URL>; files of your own: --input`;
  }
  return [
    `Put the files under <workdir>/sources/${id}/, or name them with --input, then: harvest --source ${id}`,
    `A server that lists them: --mirror ${id}=<base URL>; where it wants a login, ${variable}_TOKEN or`,
    `${variable}_COOKIE, or with _FILE the name of a file with mode 600, is sent to it`,
  ].join('\n');
}
