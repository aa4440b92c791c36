/** What the reasons of the counts mean, in plain words. */
import type { ReasonMeaning } from './reason-meaning.js';
import { NOTES, PATTERNS, QUANTITIES, WHY_NO_ROW } from './reason-texts.js';

const UNKNOWN = 'This version has no words for this reason.';

/**
 * The meaning of a reason such as `igra2.air_temperature.qa-removed`: dataset, what, why.
 *
 * @param dropped it was counted among the values that made no row
 */
export function meaningOf(reason: string, dropped: boolean): ReasonMeaning {
  const what = reason.slice(reason.indexOf('.') + 1);
  const noted = NOTES.get(what);
  const meaning = noted ?? byPattern(what) ?? byQuantity(what) ?? { effect: 'noted' as const, text: UNKNOWN };
  return dropped ? { ...meaning, effect: 'left out' } : meaning;
}

function byPattern(what: string): ReasonMeaning | undefined {
  for (const [pattern, effect, words] of PATTERNS) {
    const match = pattern.exec(what);
    if (match !== null) return { effect, text: words(match[1] ?? '') };
  }
  return undefined;
}

function byQuantity(what: string): ReasonMeaning | undefined {
  const [, name = '', why = ''] = /^([a-z_]+)\.([a-z-]+)$/.exec(what) ?? [];
  const words = WHY_NO_ROW.get(why);
  const quantity = QUANTITIES.get(name.replace(/_surface$/, ''));
  if (words === undefined || quantity === undefined) return undefined;
  const place = name.endsWith('_surface') ? ' at the surface' : '';
  const effect = why === 'missing' || why === 'null' ? 'noted' : 'left out';
  return { effect, text: `${quantity}${place}: ${words}.` };
}
