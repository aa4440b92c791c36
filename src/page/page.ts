/**
 * The page of a folder: what `harvest report DIR --html` writes. This room looks at a folder of station files (`collect.ts`), puts what it
 * finds into plain data (`overview.ts`), and writes these as one HTML document that needs nothing else: no network, no fonts, no
 * script to be read. Every text that comes out of a file is escaped by the template of `html.ts`; there is no other way into the page.
 */
import { createHash } from 'node:crypto';
import { VERSION } from '../version.js';
import { type Html, html, trusted } from './html.js';
import type { FolderOverview } from './overview.js';
import { loadMeanings } from './reasons.js';
import { SCRIPT } from './script.js';
import { charts } from './sections/charts.js';
import { counts } from './sections/counts.js';
import { datasets } from './sections/datasets.js';
import { feedback } from './sections/feedback.js';
import { largestFiles, stations } from './sections/files.js';
import { glossary } from './sections/glossary.js';
import { provenance } from './sections/provenance.js';
import { summary } from './sections/summary.js';
import { troubles } from './sections/troubles.js';
import { STYLE } from './style.js';

/** Sections by their ids, as the list of contents names them. */
const CONTENTS: readonly (readonly [id: string, title: string])[] = [
  ['troubles', 'Failures'],
  ['map', 'Map'],
  ['coverage', 'Timeline'],
  ['datasets', 'Datasets and licences'],
  ['feedback', 'Feedback'],
  ['counts', 'What became of the values'],
  ['largest', 'Largest files'],
  ['stations', 'Stations'],
  ['provenance', 'Where it comes from'],
  ['glossary', 'Words'],
];

/** Nothing is loaded, and no script runs but that of the page, whose bytes the policy names. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The document. The words for its counts are those of the sources, which are loaded for it. */
export async function renderPage(overview: FolderOverview): Promise<string> {
  const counting = [
    ...overview.datasets.map(({ id }) => id),
    ...overview.skipped.map(({ dataset }) => dataset),
  ];
  const meaningOf = await loadMeanings(counting);
  const body = html`${troubles(overview, meaningOf)}${charts(overview)}${datasets(overview)}${feedback(overview)}${counts(overview, meaningOf)}${largestFiles(overview)}${stations(overview)}${provenance(overview)}${glossary()}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="radiosonde-harvester ${VERSION}">
<title>Radiosonde harvest: ${overview.folder}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${summary(overview)}
${contents(body)}
<main id="content">
${body}
</main>
<footer><p>Made by radiosonde-harvester ${VERSION}. Times are UTC. This page needs no network and holds all that it shows.</p></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
}

/** Links to the sections that are there. */
function contents({ markup }: Html): Html {
  const there = CONTENTS.filter(([id]) => markup.includes(`<section id="${id}"`));
  return html`<nav aria-label="Contents"><ul>${there.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}
