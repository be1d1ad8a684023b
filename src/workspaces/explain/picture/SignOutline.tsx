import { type CSSProperties, useMemo } from 'react';
import { outlinePath } from '../../../figures';
import type { OutlineLoop } from '../../../semiotics';
import css from './sign-outline.module.css';

/** Outlines of signs over a picture of the grid they were found on: a light line on a dark one, to be seen on any colour. */
export function SignOutline({
  loops,
  grid,
  label,
  kind = 'own',
  style,
}: {
  loops: readonly OutlineLoop[];
  grid: { width: number; height: number };
  /** What is outlined; without it the drawing is hidden from assistive technology. */
  label?: string;
  /** `elsewhere` is dashed: the place of a sign that this picture does not hold. */
  kind?: 'own' | 'family' | 'elsewhere';
  /** Where it lies. */
  style?: CSSProperties;
}) {
  const path = useMemo(() => loops.map((loop) => pathOf(loop, grid)).join(''), [loops, grid]);
  return (
    <svg
      className={`${css.signOutline} ${css[kind]}`}
      viewBox={`0 0 ${grid.width} ${grid.height}`}
      preserveAspectRatio="none"
      style={style}
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <path className={css.under} d={path} />
      <path className={css.over} d={path} />
    </svg>
  );
}

/** Following one sign after another draws the same outlines again and again. */
const known = new WeakMap<OutlineLoop, string>();

/** Path of a loop in pixels of the grid. */
function pathOf(loop: OutlineLoop, grid: { width: number; height: number }): string {
  const path = known.get(loop) ?? outlinePath([loop], grid, { x: 0, y: 0, ...grid });
  known.set(loop, path);
  return path;
}
