/** Options that take several words: with commas between them, or given several times. */

/** The words of an option, without blanks around them; [] where it is not given. */
export function wordsOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** What the parser has of an option that may be given several times, as one text. */
export function joined(given: string | readonly string[]): string {
  return [given].flat().join(',');
}
