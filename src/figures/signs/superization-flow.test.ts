// @vitest-environment page
import { describe, expect, it, test } from 'vitest';
import { lastParts, lineage, partOfSigns, type SignRef } from '../../semiotics';
import { figureThemes } from '../kit/figure-theme';
import { flowScene } from '../testing/flow-scene';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import type { FlowData } from './flow-data';
import { flowHeight, flowLayout } from './flow-layout';
import { lightFlow, signExtent } from './flow-lit';
import { signAt } from './flow-pointer';
import { signForKey, signsInOrder } from './flow-steps';
import { rootRanks } from './sign-colours';
import { markFlow, superizationFlow } from './superization-flow';

const theme = figureThemes.light;
const scene = flowScene([48, 48, 32, 20, 0, 12, 8, 4, 3]);

function draw(data: FlowData, width = 1060) {
  const size = { width, height: flowHeight(width, data) };
  const layout = flowLayout(data, size);
  const svg = superizationFlow(document, data, size, theme, layout);
  const all = (selector: string) => [...svg.querySelectorAll(selector)];
  return { svg, size, layout, all };
}

describe('superizationFlow', () => {
  it('names itself, tells its content and stands alone', () => {
    const { svg } = draw(scene);
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.querySelector('title')!.textContent).toBe('Superization flow');
    const words = svg.querySelector('desc')!.textContent!;
    expect(words).toContain(`${scene.layers[0].signs.length} at conv1`);
    expect(words).toContain('0 at conv5');
    expect(svg.querySelector('[class]:not([fill]):not([stroke]):not(g)')).toBeNull();
    for (const node of svg.querySelectorAll('[fill^="url(#"]')) {
      expect(svg.querySelector(node.getAttribute('fill')!.slice(4, -1))).not.toBeNull();
    }
  });

  it('colours the parts that were taken in last, each with its place in the picture, and gathers what is small', () => {
    const { linked, layers } = scene;
    const share = ({ layer, sign }: SignRef) => layers[layer].signs[sign].share;
    const last = layers.length - 1;
    const roots = layers[last].signs;
    const whole = { layer: last, sign: rootRanks(roots).indexOf(0) };
    const list = lastParts(linked!, whole, share);
    expect(list.length).toBeGreaterThan(1);
    const box = (ref: SignRef) => [ref.sign, 0, ref.sign + 8, 8] as [number, number, number, number];
    const picture = { href: 'data:,', grid: { width: 64, height: 64 }, box };
    const { all, layout, svg } = draw({ ...scene, parts: { list, of: partOfSigns(linked!, list), picture } });
    expect(all('.part')).toHaveLength(list.length);
    const { top, bottom } = layout;
    for (const part of all('.part')) {
      expect(attribute(part, 'y')).toBeGreaterThanOrEqual(top);
      expect(attribute(part, 'y') + attribute(part, 'height')).toBeLessThanOrEqual(bottom + 0.01);
    }
    for (const [rank, { sign }] of list.entries())
      expect(layout.bodies[sign.layer][sign.sign].group).toBe(rank);
    for (const column of layout.columns) {
      const bodies = column.flatMap((node) => (node.kind === 'lane' ? [] : [node]));
      const small = bodies.filter(({ group, kind }) => group === -1 && kind === 'others');
      expect(small.length).toBeLessThanOrEqual(1);
      for (const { signs, group, layer } of bodies)
        for (const sign of signs) if (share({ layer, sign }) < 0.05) expect(group).toBe(-1);
    }
    expect(svg.textContent).toContain(`part 1, taken in at ${layers[list[0].into.layer].name}`);
  });

  it('draws every body once, a supersign broader than what is carried', () => {
    const { all, layout } = draw(scene);
    const bodies = layout.columns.flat().filter(({ kind }) => kind !== 'lane');
    expect(all('.body')).toHaveLength(bodies.length);
    const widths = (selector: string) => new Set(all(selector).map((node) => attribute(node, 'width')));
    expect(widths('.body.supersign').size).toBe(1);
    expect([...widths('.body.supersign')][0]).toBeGreaterThan([...widths('.body.carried')][0] * 1.5);
  });

  it('fades in what emerges and fades out what dissolves, as high as their mass', () => {
    const { all, layout } = draw(scene);
    const faded = (towards: string) =>
      all('.fades rect')
        .filter((node) => node.getAttribute('fill')!.includes(`-${towards}-`))
        .reduce((sum, node) => sum + attribute(node, 'height'), 0);
    const mass = (kept: (sign: { form: string; fate: string }) => boolean) =>
      scene
        .linked!.layers.flat()
        .reduce((sum, sign) => sum + (kept(sign) ? scene.layers[sign.layer].signs[sign.sign].share : 0), 0) *
      layout.scale;
    expect(faded('in')).toBeCloseTo(
      mass(({ form }) => form === 'emerges'),
      0,
    );
    expect(faded('out')).toBeCloseTo(
      mass(({ fate }) => fate === 'dissolves'),
      0,
    );
    expect(faded('out')).toBeGreaterThan(0);
  });

  it('says where there is no evidence, how many signs there are and how many chance would give', () => {
    const { svg, all } = draw(scene);
    expect(all('.no-evidence')).toHaveLength(1);
    expect(svg.textContent).toContain('no positive evidence');
    const counts = all('.counts text').map((node) => node.textContent);
    expect(counts.slice(0, 9)).toEqual(scene.layers.map(({ signs }) => String(signs.length)));
    expect(counts[9]).toBe(`${(scene.layers[0].signs.length * 1.5).toFixed(0)} ± 3`);
    expect(counts[13]).toBe('–');
  });

  it('keeps numbers with their spread apart, else writes them without it', () => {
    const many = flowScene(Array.from({ length: 20 }, (_, i) => 40 - i));
    let withSpread = 0;
    for (const width of [700, 908, 1372]) {
      const spreads = draw(many, width)
        .all('.counts text')
        .filter((node) => node.textContent!.includes('±'))
        .map((node) => textBox(node).box);
      withSpread += spreads.length;
      spreads.slice(1).forEach(({ x }, i) => {
        expect(x - spreads[i].x - spreads[i].width, `${width} px`).toBeGreaterThanOrEqual(7.9);
      });
    }
    expect(withSpread).toBeGreaterThan(0);
  });

  it('writes the number of the gathered beside them', () => {
    const { all, layout } = draw(scene);
    const others = layout.columns
      .flat()
      .flatMap((node) => (node.kind === 'others' ? [node.signs.length] : []));
    expect(others.length).toBeGreaterThan(0);
    expect(all('.gathered').map((node) => Number(node.textContent))).toEqual(others);
  });

  it('says that signs are looked for', () => {
    const { svg, all } = draw({ ...scene, linked: null });
    expect(svg.textContent).toContain('looking for signs');
    expect(all('.body, .ribbon, .legend text, .counts text')).toEqual([]);
  });

  it('keeps the legend in the figure beside a layer of a long name', () => {
    const layers = scene.layers.map((layer) => ({
      ...layer,
      name: `feature_extractor/${layer.name}/a_convolution_with_a_very_long_name_of_its_own/convolution`,
    }));
    const { all } = draw({ ...scene, layers }, 390);
    for (const node of all('.legend text')) {
      const { box } = textBox(node);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
  });

  it('lets no words touch or leave the figure, from 1 to 56 layers and 390 to 1372 px', () => {
    for (const count of [1, 12, 56]) {
      const data = flowScene(
        Array.from({ length: count }, (_, i) => (i % 11 === 7 ? 0 : Math.max(3, Math.round(26 * 0.92 ** i)))),
        count,
      );
      for (const width of [390, 700, 1372]) {
        for (const alone of [true, false]) {
          const words = {
            layerNames: true,
            title: 'Superization flow',
            caption: 'A caption of some length. '.repeat(9),
          };
          const { all, size } = draw({ ...data, selected: alone ? null : 0, ...(alone ? words : {}) }, width);
          // Texts that a column carries turned stand in their column alone.
          const texts = all('text')
            .filter((node) => node.parentElement?.getAttribute('transform') === null)
            .map(textBox);
          const where = `${count} layers, ${width} px`;
          expect(overlaps(texts), where).toEqual([]);
          expect(beyond(texts, { right: width + 0.1, bottom: size.height }), where).toEqual([]);
        }
      }
    }
  });

  it('marks another layer without drawing the signs anew', () => {
    const { svg, size, layout, all } = draw(scene);
    const before = svg.querySelector('.drawing')!.innerHTML;
    markFlow(svg, { ...scene, selected: 3 }, layout, size, theme);
    markFlow(svg, { ...scene, selected: 6 }, layout, size, theme);
    expect(svg.querySelector('.drawing')!.innerHTML).toBe(before);
    expect(all('.cursor').map((node) => attribute(node, 'x1'))).toEqual([
      expect.closeTo(layout.axis.x(6), 2),
    ]);
  });
});

describe('following a sign', () => {
  const { svg, layout, all } = draw(scene);
  const supersign = scene.linked!.layers[6].find(({ form }) => form === 'supersign')!;

  test('lights its family, each where it stands, and dims the rest; then lets go', () => {
    lightFlow(svg, scene, layout, theme, supersign);
    const family = lineage(scene.linked!, supersign);
    expect(family.length).toBeGreaterThan(5);
    const parts = (selector: string) =>
      svg
        .querySelector(selector)!
        .getAttribute('d')!
        .match(/M[^Z]+Z/g)!;
    const lit = parts('.lit .bodies');
    expect(lit).toHaveLength(family.length);
    lit.forEach((part, i) => {
      const box = layout.boxes.get(layout.bodies[family[i].layer][family[i].sign])!;
      const [, top, , bottom] = part.match(/[\d.]+/g)!.map(Number);
      expect((top + bottom) / 2).toBeGreaterThanOrEqual(box.y - 0.01);
      expect((top + bottom) / 2).toBeLessThanOrEqual(box.y + box.height + 0.01);
    });
    // A tree has one link less than it has signs; each is a ribbon for every layer it passes.
    const inside = layout.threads.filter(({ link }) =>
      family.some(({ layer, sign }) => link.from.layer === layer && link.from.sign === sign),
    );
    expect(inside).toHaveLength(family.length - 1);
    const ribbons = inside.reduce((sum, { link }) => sum + link.to.layer - link.from.layer, 0);
    expect(parts('.lit .ribbons')).toHaveLength(ribbons);
    expect(all('.lit .followed')).toHaveLength(1);
    expect(Number(svg.querySelector('.drawing')!.getAttribute('opacity'))).toBeLessThan(0.4);
    lightFlow(svg, scene, layout, theme, null);
    expect(all('.lit *')).toEqual([]);
    expect(svg.querySelector('.drawing')!.hasAttribute('opacity')).toBe(false);
  });

  test('a point on a body or in "others" means the sign there', () => {
    scene.layers.forEach(({ signs }, layer) => {
      for (const { id: sign } of signs) {
        const { y, height } = signExtent(scene, layout, { layer, sign });
        expect(signAt(scene, layout, layout.axis.x(layer), y + height / 2)).toEqual({ layer, sign });
      }
    });
  });

  test('a point on a link means the sign it comes from; one on nothing, none', () => {
    const { axis, threads } = layout;
    const direct = threads.filter(({ link, mass }) => !link.skipping && mass > 0.05);
    expect(direct.length).toBeGreaterThan(3);
    for (const { link, extents } of direct) {
      const [start, end] = extents;
      const y = (start.y + end.y + (start.height + end.height) / 2) / 2;
      const x = axis.x(link.from.layer) + axis.step / 2;
      const found = signAt(scene, layout, x, y)!;
      // Another link may pass there as well.
      const passing = threads.some((thread) => thread.link.from === found);
      expect(passing).toBe(true);
    }
    expect(signAt(scene, layout, axis.x(4), layout.bottom - 1)).toBeNull();
    expect(signAt(scene, layout, axis.x(2), layout.bottom + 30)).toBeNull();
  });

  test('right goes along the link, left to the heaviest part, up and down through the layer', () => {
    const key = (at: { layer: number; sign: number }, name: string) => signForKey(scene, layout, at, name);
    const { layer, sign, parts, into } = supersign;
    expect(key(supersign, 'ArrowRight')).toEqual(into?.to ?? { layer, sign });
    const shares = parts.map(({ from }) => scene.layers[from.layer].signs[from.sign].share);
    expect(key(supersign, 'ArrowLeft')).toEqual(parts[shares.indexOf(Math.max(...shares))].from);
    const order = signsInOrder(layout, 0);
    expect([...order].sort((a, b) => a - b)).toEqual(scene.layers[0].signs.map(({ id }) => id));
    let at = { layer: 0, sign: order[0] };
    const walked = [at.sign];
    for (let step = 1; step < order.length; step++) {
      at = key(at, 'ArrowDown')!;
      walked.push(at.sign);
    }
    expect(walked).toEqual(order);
    expect(key(at, 'ArrowDown')).toEqual(at);
    expect(key(at, 'Home')).toEqual({ layer: 0, sign: order[0] });
    expect(key(at, 'ArrowUp')).toEqual({ layer: 0, sign: order[order.length - 2] });
    const fresh = scene.linked!.layers.flat().find(({ form }) => form === 'emerges')!;
    expect(key(fresh, 'ArrowLeft')).toMatchObject({ layer: fresh.layer, sign: fresh.sign });
    expect(key(at, 'x')).toBeNull();
  });
});
