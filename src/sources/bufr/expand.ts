/** From the descriptors of section 3 to a program: sequences put in place, replications nested, runs of elements joined. */
import { type CodedElement, codedElement } from './element.js';
import { bufrError, digits } from './error.js';
import type { TableSet } from './tables.js';

/** What decoding does, one thing after the other. */
export type Step =
  | { kind: 'elements'; elements: CodedElement[] }
  | Operator
  | {
      kind: 'replication';
      /** The element that gives the number of repetitions, null for a fixed number. */
      factor: CodedElement | null;
      /** Number of repetitions where there is no factor. */
      count: number;
      /** The factor says how often the data are to be repeated, but they stand in the message once (031011, 031012). */
      once: boolean;
      body: Program;
    };

/** Operator 2 XX YYY. */
export interface Operator {
  kind: 'operator';
  x: number;
  y: number;
  descriptor: number;
  /** Name where the operator stands in the data itself. */
  name: string;
}

export type Program = readonly Step[];

/** Real templates have up to some thousand steps; a list of 16 MiB could ask for a thousand million. */
const MAX_DESCRIPTORS = 200_000;
/** Sequences within sequences and replications within replications; real ones go down to about eight. */
const MAX_DEPTH = 40;
const REPEAT_ONCE = new Set([31011, 31012]);
const LOCAL_WIDTH = 6;

/**
 * The program of a list of descriptors.
 *
 * @throws InputError `BUFR_UNKNOWN_DESCRIPTOR`, `BUFR_TEMPLATE`, `BUFR_TOO_LARGE`
 */
export function compile(descriptors: readonly number[], tables: TableSet): Program {
  if (descriptors.length === 0) throw bufrError('BUFR_TEMPLATE', 'the message has no descriptors');
  return compileList(descriptors, { tables, left: MAX_DESCRIPTORS }, 0);
}

interface Context {
  tables: TableSet;
  /** Descriptors that may still come. */
  left: number;
}

function compileList(list: readonly number[], context: Context, depth: number): Step[] {
  if (depth > MAX_DEPTH)
    throw bufrError('BUFR_TOO_LARGE', `descriptors nested more than ${MAX_DEPTH} levels deep`);
  const steps: Step[] = [];
  for (let i = 0; i < list.length; i++) {
    const descriptor = list[i]!;
    if (--context.left < 0)
      throw bufrError('BUFR_TOO_LARGE', `the descriptors expand to more than ${MAX_DESCRIPTORS}`);
    const x = Math.floor(descriptor / 1000) % 100;
    const y = descriptor % 1000;
    switch (Math.floor(descriptor / 100_000)) {
      case 0:
        addElement(steps, descriptor, context.tables);
        break;
      case 1: {
        const delayed = y === 0;
        const from = i + (delayed ? 2 : 1);
        if (x === 0 || from + x > list.length)
          throw bufrError(
            'BUFR_TEMPLATE',
            `${digits(descriptor)} repeats ${x} descriptors, ${Math.max(0, list.length - from)} follow`,
            descriptor,
          );
        const factor = delayed ? known(list[i + 1]!, context.tables) : null;
        const body = compileList(list.slice(from, from + x), context, depth + 1);
        const once = factor !== null && REPEAT_ONCE.has(factor.descriptor);
        steps.push({ kind: 'replication', factor, count: y, once, body });
        i = from + x - 1;
        break;
      }
      case 2: {
        const name = context.tables.operatorName(descriptor);
        steps.push({ kind: 'operator', x, y, descriptor, name });
        break;
      }
      default: {
        const sequence = context.tables.sequence(descriptor);
        if (sequence === null) throw unknown('D', descriptor);
        for (const step of compileList(sequence, context, depth + 1)) {
          if (step.kind === 'elements') for (const element of step.elements) append(steps, element);
          else steps.push(step);
        }
      }
    }
  }
  return steps;
}

function addElement(steps: Step[], descriptor: number, tables: TableSet): void {
  const previous = steps.at(-1);
  const local = previous?.kind === 'operator' && previous.x === LOCAL_WIDTH;
  // Operator 206 gives the width of a local element, so that those who do not know it can pass over it.
  const element = (local ? tables.element(descriptor) : known(descriptor, tables)) ?? passedOver(descriptor);
  append(steps, element);
}

function append(steps: Step[], element: CodedElement): void {
  const previous = steps.at(-1);
  if (previous?.kind === 'elements') previous.elements.push(element);
  else steps.push({ kind: 'elements', elements: [element] });
}

function known(descriptor: number, tables: TableSet): CodedElement {
  const element = tables.element(descriptor);
  if (element === null) throw unknown('B', descriptor);
  return element;
}

function passedOver(descriptor: number): CodedElement {
  return codedElement({
    descriptor,
    name: 'unknown',
    unit: '',
    kind: 'number',
    scale: 0,
    reference: 0,
    width: 0,
  });
}

function unknown(table: 'B' | 'D', descriptor: number): Error {
  return bufrError(
    'BUFR_UNKNOWN_DESCRIPTOR',
    `descriptor ${digits(descriptor)} is not in table ${table}`,
    descriptor,
  );
}
