/** `harvest sources [ID]`: what can be harvested, and how to get it. */
import { loadSource, sources } from '../sources/registry.js';
import type { SourceDescriptor } from '../sources/source.js';

/** @throws UsageError for an unknown id */
export async function describeSources(id: string | undefined, json: boolean): Promise<string> {
  const ids = id === undefined ? [...sources.keys()].sort() : [id];
  const descriptors = await Promise.all(ids.map(async (one) => (await loadSource(one)).describe()));
  if (json) return JSON.stringify(id === undefined ? descriptors : descriptors[0], null, 2);
  return id === undefined ? descriptors.map(shortText).join('\n') : descriptors.map(longText).join('\n');
}

function shortText(descriptor: SourceDescriptor): string {
  return `${descriptor.id.padEnd(10)} ${descriptor.title}\n${' '.repeat(11)}${descriptor.period}; ${descriptor.size}\n`;
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
    ['where', `${d.access}${d.login ? ' (login needed)' : ' (no login)'}`],
    ['files', d.filePatterns.join('\n')],
    ['station id', d.stationIdRule],
    [
      'how to',
      `Put the files under sources/${d.id}/ or name them with --input, then: harvest --source ${d.id}`,
    ],
  ];
  return lines
    .map(([name, text]) => `${name.padEnd(12)}${text.replaceAll('\n', `\n${' '.repeat(12)}`)}`)
    .join('\n');
}
