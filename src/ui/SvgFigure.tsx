import { useEffect, useRef } from 'react';

/** A figure drawn as SVG, put on the page as it is; nothing where there is none. */
export function SvgFigure({ svg }: { svg(): SVGSVGElement | null }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = svg();
    holder.current?.replaceChildren(...(drawn ? [drawn] : []));
  }, [svg]);
  return <div className="svg-figure" ref={holder} />;
}
