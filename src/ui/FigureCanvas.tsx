import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Context2D } from '../figures';
import css from './figure-canvas.module.css';
import { firstSizes } from './first-sizes';

/** Size of an element's content in whole CSS pixels, as it changes. */
export function useSize<Element extends HTMLElement>() {
  const ref = useRef<Element>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current as Element;
    const measure = () => {
      const [width, height] = [Math.floor(element.clientWidth), Math.floor(element.clientHeight)];
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const forget = firstSizes.ask(measure);
    return () => {
      forget();
      observer.disconnect();
    };
  }, []);
  return { ref, ...size };
}

/** What figures are lettered in; drawn on a canvas before they have loaded, they are drawn again after. */
const typefaces = createTypefaces(["400 12px 'Inter Variable'", "600 12px 'Inter Variable'"]);

function createTypefaces(all: readonly string[]) {
  let missing = all;
  return {
    /** What has not loaded yet; what has is not asked for again. */
    missing(): readonly string[] {
      if (missing.length > 0) missing = missing.filter((font) => !document.fonts.check(font));
      return missing;
    },
  };
}

/** A canvas that a figure is drawn on, at the device's resolution. Announced as one image. */
export function FigureCanvas({
  label,
  width,
  height,
  draw,
  canvas: given,
  children,
}: {
  label: string;
  width: number;
  height: number;
  /** `lettered`: whether its letters are there, so that it will not be drawn again for them. */
  draw(context: Context2D, lettered: boolean): void;
  /** Where the canvas is put for who draws on it between two drawings. */
  canvas?: RefObject<HTMLCanvasElement | null>;
  /** What lies over the canvas, in its coordinates. */
  children?: ReactNode;
}) {
  const own = useRef<HTMLCanvasElement>(null);
  const ref = given ?? own;
  useEffect(() => {
    const canvas = ref.current as HTMLCanvasElement;
    const paint = (lettered: boolean) => {
      const ratio = window.devicePixelRatio || 1;
      const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
      // Setting the size clears and reallocates: only where it changed.
      if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
      if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      draw(context, lettered);
    };
    const missing = typefaces.missing();
    paint(missing.length === 0);
    if (missing.length === 0) return;
    let stale = false;
    Promise.all(missing.map((font) => document.fonts.load(font))).then(() => !stale && paint(true));
    return () => {
      stale = true;
    };
  }, [ref, width, height, draw]);
  return (
    <div className={css.figure} style={{ width, height }}>
      <canvas ref={ref} role="img" aria-label={label} style={{ width, height }} />
      {children}
    </div>
  );
}
