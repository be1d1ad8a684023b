import { lazyPart } from '../../../ui/lazy-part';
import css from './reading.module.css';

/** The way to how a figure is read; its place is kept until its code comes. */
export const Why = lazyPart(
  () => import('./WhyLink').then((module) => module.WhyLink),
  () => <span className={css.why} />,
);
