/** What a station file will hold, known before the first sounding: the file is made from it, then the match that fills the file. */
import type { TableDefinition } from '../cdm/index.js';
import type { FeedbackDescriptor, SourceDescriptor } from '../records/descriptor.js';
import type { FeedbackColumn } from '../records/feedback.js';
import type { TextWidths } from './block.js';
import { type FeedbackGroup, type FeedbackNeeds, feedbackGroups } from './feedback.js';
import { OBSERVATION_ID_WIDTH, reportIdWidth } from './ids.js';
import { SENSOR_ID_WIDTH } from './sensors.js';
import { sourceId } from './source-files.js';

/** Elements of observations_table that are equal in every row. */
export type ConstantElements = ReadonlyMap<string, number>;

/** The feedback that a station's files hold. */
export interface StationFeedback {
  columns: readonly FeedbackColumn[];
  needs: FeedbackNeeds;
}

export interface StationSchema {
  readonly constants: ConstantElements;
  readonly widths: TextWidths;
  /** The ids of the station's input files, in their order; all of one width. */
  readonly sourceIds: readonly string[];
  /** The feedback groups of the station file. */
  readonly feedbackGroups: readonly FeedbackGroup[];
  /** The columns that fill them; null where there are no groups. */
  readonly feedback: {
    readonly descriptors: readonly FeedbackDescriptor[];
    readonly columns: readonly FeedbackColumn[];
  } | null;
}

export interface SchemaOptions {
  descriptor: SourceDescriptor;
  stationId: string;
  /** Number of the station's input files. */
  fileCount: number;
  /** Null in sources without feedback. */
  feedback: StationFeedback | null;
  /** Definitions of the edition's tables, for the elements of the feedback groups. */
  definitions: ReadonlyMap<string, TableDefinition>;
}

const INSTANTANEOUS_VALUE = 12;

/** The schema of a station file. Nothing is read and nothing is written. */
export function stationSchema(options: SchemaOptions): StationSchema {
  const { descriptor, stationId, fileCount } = options;
  const sourceIds = Array.from({ length: fileCount }, (_, i) => sourceId(descriptor.id, i, fileCount));
  const { groups, feedback } = feedbackOf(options);
  return {
    constants: constantElements(descriptor, feedback !== null),
    widths: {
      observation_id: OBSERVATION_ID_WIDTH,
      report_id: reportIdWidth(descriptor.id, stationId),
      source_id: Buffer.byteLength(sourceIds[0] ?? ' '),
      sensor_id: SENSOR_ID_WIDTH,
    },
    sourceIds,
    feedbackGroups: groups,
    feedback,
  };
}

function feedbackOf({ feedback, descriptor, definitions }: SchemaOptions): {
  groups: readonly FeedbackGroup[];
  feedback: StationSchema['feedback'];
} {
  const descriptors = descriptor.feedback ?? [];
  if (feedback === null || descriptors.length === 0) return { groups: [], feedback: null };
  const { columns, needs } = feedback;
  return {
    groups: feedbackGroups(descriptors, columns, definitions, needs),
    feedback: { descriptors, columns },
  };
}

function constantElements(descriptor: SourceDescriptor, hasFeedback: boolean): ConstantElements {
  const without: [string, number][] = hasFeedback
    ? []
    : [
        ['advanced_assimilation_feedback', 0],
        ['advanced_feedback', 0],
      ];
  return new Map<string, number>([
    ...without,
    ['data_policy_licence', descriptor.dataPolicyLicence],
    ['observation_duration', 0],
    ['crs', 0],
    ['value_significance', INSTANTANEOUS_VALUE],
    ['advanced_qc', 0],
    ['advanced_uncertainty', 0],
    ['advanced_homogenisation', 0],
  ]);
}
