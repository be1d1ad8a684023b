/**
 * The points that no other one outdoes: none costs at most as much and yields at least as much, and is better in one of the two. Of
 * points that are equal in both the first is taken.
 * @returns by rising cost
 */
export function paretoFront<Point>(
  points: readonly Point[],
  cost: (point: Point) => number,
  yields: (point: Point) => number,
): Point[] {
  const sorted = [...points].sort((a, b) => cost(a) - cost(b) || yields(b) - yields(a));
  const front: Point[] = [];
  for (const point of sorted) {
    const last = front.at(-1);
    if (!last || yields(point) > yields(last)) front.push(point);
  }
  return front;
}
