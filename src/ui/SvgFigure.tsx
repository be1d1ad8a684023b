import { useEffect, useRef } from 'react';
import css from './svg-figure.module.css';

/** A figure drawn as SVG, put on the page as it is; nothing where there is none. */
export function SvgFigure({ svg }: { svg(): SVGSVGElement | null }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = svg();
    holder.current?.replaceChildren(...(drawn ? [drawn] : []));
  }, [svg]);
  return <div className={css.figure} ref={holder} />;
}
