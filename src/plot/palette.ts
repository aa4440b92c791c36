/** Colours that stay apart for the colour-blind and in grey. */
import { scaleLinear } from 'd3-scale';

export const INK = '#000000';
/** Grid and background lines. */
export const FAINT = '#b8b8b8';

/** Of Okabe and Ito (2008), Color Universal Design. */
export const COLOUR = {
  blue: '#0072b2',
  sky: '#56b4e9',
  green: '#009e73',
  orange: '#e69f00',
  vermilion: '#d55e00',
  purple: '#cc79a7',
} as const;

/** Viridis (Smith and van der Walt, 2015, CC0) from dark to light, without the light end, which white paper swallows. */
const VIRIDIS = [
  '#440154',
  '#482878',
  '#3e4a89',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
];

/** A colour for values from `first` to `last`: dark to light, or light to dark where `first` is the larger. */
export function sequentialColour(first: number, last: number): (value: number) => string {
  const stops = VIRIDIS.map((_, i) => first + ((last - first) * i) / (VIRIDIS.length - 1));
  return scaleLinear<string>()
    .domain(first === last ? [first, first + 1] : stops)
    .range(VIRIDIS)
    .clamp(true);
}
