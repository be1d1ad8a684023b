import { lazyPart } from '../../../ui/lazy-part';
import css from './reading.module.css';

/** The line below a figure; its place is kept until its code comes. */
export const FigureReading = lazyPart(
  () => import('./ReadingLine').then((module) => module.ReadingLine),
  () => <p className={css.reading} />,
);
