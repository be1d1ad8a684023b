/** Gives the ids of a figure a prefix, in all that refers to them as well: figures that stand in one document must not meet. */
export function ownIds(svg: SVGSVGElement, prefix: string): void {
  const named = [...svg.querySelectorAll('[id]')];
  const ids = new Set(named.map(({ id }) => id));
  for (const element of named) element.id = prefix + element.id;
  for (const element of svg.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      const [, before, id, after] = /^(url\(["']?#|#)([^"')]+)(["']?\)|)$/.exec(value) ?? [];
      if (id !== undefined && ids.has(id)) element.setAttribute(name, `${before}${prefix}${id}${after}`);
    }
  }
}
