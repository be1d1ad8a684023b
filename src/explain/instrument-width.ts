import { LEFT_GUTTER } from '../figures';
import { useWidth } from './FigureCanvas';

/** Narrowest column in which a thumbnail still shows something, in CSS pixels. */
const narrowestColumn = 40;

/** Width all rows of the instrument share; where it exceeds the screen, the instrument scrolls sideways. */
export function useInstrumentWidth(count: number) {
  const { ref, width } = useWidth<HTMLElement>();
  return { ref, width: Math.max(width, count * narrowestColumn + LEFT_GUTTER) };
}
