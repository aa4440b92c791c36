/** The places in the sources where the value of a row stands. */
import type { Profile } from '../match/index.js';
import { Z_METHOD, Z_TYPE } from '../records/variables.js';
import type { Conversion, Datum, Step } from '../sources/locator.js';
import { step } from '../sources/locator-step.js';
import { numberIn, type RowElement } from './cdm-rows.js';
import type { ExplainedPlace, ExplainedRow } from './explanation.js';
import { candidatesOf, writtenCoordinate } from './match-row.js';
import type { ReportOfRow, SourceReader } from './reports.js';

/** Unit of the vertical coordinate as it is written. */
function coordinateUnit(type: number, method: number): string {
  if (type === Z_TYPE.pressure) return 'Pa';
  if (type === Z_TYPE.geopotential) return 'm2 s-2';
  return method === Z_METHOD.geopotentialHeight ? 'gpm' : 'm above sea level';
}

/** The places of a row, with what is not as it should be. */
export function explainPlaces(
  { sources, index, sourceOf }: ReportOfRow,
  { station, units }: SourceReader,
  elements: readonly RowElement[],
  feedback: readonly ExplainedRow[],
): { places: ExplainedPlace[]; warnings: string[] } {
  const row = { elements, feedback: feedback.flatMap((group) => group.elements) };
  const unit = units.get(numberIn(elements, 'units')) ?? 'without unit';
  const found = candidatesOf(index, row, station.profile);
  const places = found.map(({ datum, differs }): ExplainedPlace => {
    const standing = datum.describe();
    return {
      source: sourceOf.get(datum) ?? '',
      ...standing,
      conversions: standing.conversions.map((conversion) =>
        completed(conversion, datum, elements, unit, station.profile),
      ),
      differs,
    };
  });
  const warnings: string[] = [];
  const read = sources.filter(({ report }) => report !== null);
  if (places.length === 0 && read.length > 0)
    warnings.push(
      read.length === sources.length
        ? 'the bytes of the report give no such value: the row and its source do not fit together'
        : 'the value does not stand in the part of the report that is at hand',
    );
  const differing = new Set(places.flatMap(({ differs }) => differs));
  if (differing.size > 0)
    warnings.push(`the source says something else of ${[...differing].join(', ')} than the row`);
  return { places, warnings };
}

/** A conversion up to the number and unit of the row. */
function completed(
  conversion: Conversion,
  datum: Datum,
  elements: readonly RowElement[],
  unit: string,
  profile: Profile,
): Conversion {
  if (conversion.element === 'observation_value') {
    const stored = elements.find(({ name }) => name === 'observation_value');
    return withStep(conversion, step(stored?.text ?? '', unit));
  }
  if (conversion.element !== 'z_coordinate') return conversion;
  const { type, method, value } = writtenCoordinate(datum, profile);
  const last = conversion.steps.at(-1);
  return Number(last?.value) === value
    ? conversion
    : withStep(conversion, step(value, coordinateUnit(type, method)));
}

/** A last step that says nothing new is left out. */
function withStep(conversion: Conversion, written: Step): Conversion {
  const last = conversion.steps.at(-1);
  if (last?.value === written.value && last.unit === written.unit) return conversion;
  return { ...conversion, steps: [...conversion.steps, written] };
}
