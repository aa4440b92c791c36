/**
 * What a subset is: by what its message declares, never by its shape alone. A wind profiler has levels as well.
 */
import type { Structure } from './levels.js';
import type { MessageHeader } from './message.js';
import {
  CATEGORIES,
  ECMWF_SUBTYPES,
  EQUIPMENT,
  FIRST_LOCAL_CATEGORY,
  type MessageKind,
  type OtherKind,
  PROFILER_ELEMENTS,
  RADIOSONDES,
  SOUNDING_ELEMENTS,
  type SoundingKind,
  SUBCATEGORIES,
  TEMPLATE_CLASSES,
  TEMPLATES,
  VERTICAL_SOUNDINGS,
} from './message-kinds.js';
import type { Subset } from './subset.js';

const ECMWF = 98;
/** Subtypes that mean none. */
const NO_SUBTYPE = new Set([0, 255]);
const MEASURING_EQUIPMENT = 2003;
const RADIOSONDE_TYPE = 2011;
const SOUNDINGS: ReadonlySet<MessageKind> = new Set<SoundingKind>([
  'ascent',
  'descent',
  'dropsonde',
  'sounding',
]);

/** Whether a kind is read. */
export function isSoundingKind(kind: MessageKind): kind is SoundingKind {
  return SOUNDINGS.has(kind);
}

/** ECMWF's subtype of a message of its own, from section 1, else from section 2; null where there is none. */
export function ecmwfSubtype({ centre, localSubCategory, rdbSubtype }: MessageHeader): number | null {
  if (centre !== ECMWF) return null;
  return NO_SUBTYPE.has(localSubCategory) ? rdbSubtype : localSubCategory;
}

/**
 * The kind of a subset. Data category, subcategories, the instruments of the subset and the template are asked: where one of them
 * says that it is no sounding, it is none; where none of them says anything, elements that only soundings have must stand in
 * the template. A sounding has levels, or none of them because the replication that would hold them was carried out 0 times.
 */
export function kindOf(subset: Subset, structure: Structure, header: MessageHeader): MessageKind {
  const declared = declaredKinds(header);
  const other = [...declared, ...instrumentKinds(subset, structure.flat)].find(isOther);
  if (other !== undefined) return other;
  if (!(structure.hasLevels || structure.hasEmpty)) return 'not-a-sounding';
  // The more special kind holds: descents are sent as TEMP too.
  const special = declared.find((kind) => kind === 'descent' || kind === 'dropsonde');
  return special ?? declared.find((kind) => kind === 'ascent') ?? declared[0] ?? kindByElements(subset);
}

function isOther(kind: MessageKind): kind is OtherKind {
  return !isSoundingKind(kind);
}

/** What the header says, by each of its tables that says anything. */
function declaredKinds(header: MessageHeader): MessageKind[] {
  const { category, subCategory, descriptors } = header;
  const isLocal = category >= FIRST_LOCAL_CATEGORY;
  const subtype = ecmwfSubtype(header);
  const kinds = [
    isLocal ? undefined : SUBCATEGORIES.get(category)?.get(subCategory ?? -1),
    subtype === null ? undefined : ECMWF_SUBTYPES.get(subtype),
    isLocal || category === VERTICAL_SOUNDINGS ? undefined : (CATEGORIES.get(category) ?? 'not-a-sounding'),
    templateKind(descriptors),
  ];
  return kinds.filter((kind) => kind !== undefined);
}

/** What the first descriptor says that stands in the lists of templates. */
function templateKind(descriptors: readonly number[]): MessageKind | undefined {
  for (const descriptor of descriptors) {
    const kind = TEMPLATES.get(descriptor) ?? TEMPLATE_CLASSES.get(Math.floor(descriptor / 1000));
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** What the instruments of the report say. */
function instrumentKinds({ elements, values }: Subset, flat: readonly number[]): OtherKind[] {
  const kinds: OtherKind[] = [];
  for (const i of flat) {
    const { descriptor } = elements[i]!;
    const table =
      descriptor === MEASURING_EQUIPMENT ? EQUIPMENT : descriptor === RADIOSONDE_TYPE ? RADIOSONDES : null;
    const kind = table?.get(values[i]!);
    if (kind !== undefined) kinds.push(kind);
  }
  return kinds;
}

function kindByElements({ elements, length }: Subset): MessageKind {
  let kind: MessageKind = 'not-a-sounding';
  for (let i = 0; i < length; i++) {
    const { descriptor } = elements[i]!;
    if (PROFILER_ELEMENTS.has(descriptor)) return 'wind-profiler';
    if (SOUNDING_ELEMENTS.has(descriptor)) kind = 'sounding';
  }
  return kind;
}
