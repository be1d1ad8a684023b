/** For every pixel of an axis the cells it overlaps, and the share of the cell that it takes. */
export function axisOverlaps(pixels: number, cells: number): { cell: number; share: number }[][] {
  const scale = cells / pixels;
  return Array.from({ length: pixels }, (_, pixel) => {
    const [from, to] = [pixel * scale, (pixel + 1) * scale];
    const found: { cell: number; share: number }[] = [];
    for (let cell = Math.floor(from); cell < Math.min(cells, Math.ceil(to - 1e-9)); cell++) {
      found.push({ cell, share: Math.min(to, cell + 1) - Math.max(from, cell) });
    }
    return found;
  });
}
