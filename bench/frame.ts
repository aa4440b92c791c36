/** The rows of the bench: figures beside their goals, printed as they are measured and kept for the table that is saved. */

/** What a figure is to reach; bounds belong to the goal. */
export interface Goal {
  atLeast?: number;
  atMost?: number;
}

/** One figure, measured several times. */
export interface Figure {
  what: string;
  /** One per run, in `unit`. */
  values: readonly number[];
  unit: string;
  /** Decimals shown; 0 unless given. */
  digits?: number;
  /** What stands for the runs: the median unless given, the largest for peaks. */
  by?: 'median' | 'largest';
  goal?: Goal;
}

export interface Row {
  section: string;
  what: string;
  figure: string;
  spread: string;
  goal: string;
  /** Null without a goal. */
  met: boolean | null;
}

/** What the sections are given. */
export interface Frame {
  /** Folder for inputs and outputs, below the temporary folder; removed at the end. */
  readonly folder: string;
  /** Small inputs and few repeats, to try the bench itself. */
  readonly quick: boolean;
  /** Repeats of what takes seconds, and of what takes longer. */
  readonly repeats: number;
  readonly fewRepeats: number;
  /** Rows of the largest input of ODB text; 0 leaves it out. */
  readonly largeOdbRows: number;
  /** Adds a row; returns the figure that stands for the runs. */
  row(figure: Figure): number;
  /** Adds a row for what could not be measured, with the reason. */
  absent(what: string, reason: string): void;
}

const WIDTHS = { what: 90, figure: 18, goal: 19, met: 4 };

/** The head of the printed table. */
export function tableHead(): string {
  return line({ what: 'what', figure: 'figure', goal: 'goal', met: 'met', spread: 'runs: min..max' });
}

/** One printed line of the table. */
export function tableLine({ what, figure, goal, met, spread }: Row): string {
  return line({ what, figure, goal, met: metWord(met), spread });
}

/** The table as Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const cells = (words: readonly string[]): string =>
    `| ${words.map((word) => word.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    cells(['section', 'what', 'figure', 'goal', 'met', 'runs: min..max']),
    cells(Array.from({ length: 6 }, () => '---')),
    ...rows.map(({ section, what, figure, goal, met, spread }) =>
      cells([section, what, figure, goal, metWord(met), spread]),
    ),
  ].join('\n');
}

/** The row of a figure, and the number that it says. */
export function rowOf(section: string, figure: Figure): { row: Row; value: number } {
  const { what, values, unit, digits = 0, by = 'median', goal } = figure;
  if (values.length === 0 || values.some((value) => !Number.isFinite(value)))
    throw new RangeError(`${what}: no figures (${values.join(', ')})`);
  const value = by === 'median' ? median(values) : Math.max(...values);
  const text = (x: number): string => x.toFixed(digits);
  const spread = `${values.length}: ${text(Math.min(...values))}..${text(Math.max(...values))}`;
  const row = { section, what, figure: `${text(value)} ${unit}`.trimEnd(), spread };
  if (goal === undefined) return { row: { ...row, goal: '', met: null }, value };
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = goal;
  return {
    row: { ...row, goal: goalText(goal, unit), met: value >= atLeast && value <= atMost },
    value,
  };
}

/** The middle one of the values; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

function goalText({ atLeast, atMost }: Goal, unit: string): string {
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast}..${atMost} ${unit}`.trimEnd();
  return (atLeast !== undefined ? `>= ${atLeast} ${unit}` : `<= ${atMost} ${unit}`).trimEnd();
}

function metWord(met: boolean | null): string {
  return met === null ? '' : met ? 'yes' : 'NO';
}

function line(words: Record<'what' | 'figure' | 'goal' | 'met' | 'spread', string>): string {
  const { what, figure, goal, met, spread } = words;
  return [
    what.padEnd(WIDTHS.what),
    figure.padStart(WIDTHS.figure),
    `  ${goal.padEnd(WIDTHS.goal)}`,
    met.padEnd(WIDTHS.met),
    spread,
  ]
    .join(' ')
    .trimEnd();
}
