/** What holds for every station file made of a source, as data of the source: `verify` checks it, and knows no dataset by name. */

/** The facts of a source. */
export interface SourceFacts {
  /** Whether a row may have another position than its report, such as that of a drifting balloon. */
  readonly positionsByLevel: boolean;
  /** Whether no report gives the height of the station: that of the station list stands in all of them. */
  readonly heightFromList: boolean;
  /** What the columns of feedback say of the observation beside them; absent in sources without feedback. */
  readonly feedback?: FeedbackFacts;
}

/** How the rows of an archive with feedback say what they are of. */
export interface FeedbackFacts {
  /** Codes of `observed_variable` by the archive's own number of the quantity (`varno`). */
  readonly variables: ReadonlyMap<number, number>;
  /** Whether the archive has lost the sign of southern latitudes, so that a row may be where the column has its mirror image. */
  readonly latitudesWithoutSign: boolean;
  /** The source's own id of a station from the text in the column of the station; '' for a text that is no id. */
  stationIdOf(text: string): string;
}
