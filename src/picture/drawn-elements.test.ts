import { describe, expect, it } from 'vitest';
import { checkDrawing } from './check-drawing';
import { drawnElements } from './drawn-elements';

const svg = (inner: string) =>
  `<?xml version="1.0"?><!-- <g> --><svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;
const count = (inner: string, most = 1e9) => drawnElements(svg(inner), most);

/** Groups of ten references each to the group before, `levels` deep, around one rectangle. */
const nested = (levels: number) =>
  [
    ...Array.from({ length: levels }, (_, i) => `<g id="g${i + 1}">${`<use href="#g${i}"/>`.repeat(10)}</g>`),
    `<use href='#g${levels}'/>`,
  ].join('');

/** n(0) = 1, n(k) = 1 + 10 (1 + n(k - 1)): a group, and ten references with what they refer to. */
const elementsOf = (level: number): number => (level === 0 ? 1 : 11 + 10 * elementsOf(level - 1));

describe('elements of a drawing', () => {
  it.each([
    ['as they stand', '<g><rect/><path d="M0 0"></path></g>', 4],
    ['no comments, no text', '<!-- <rect/> --><text>a > b</text><style><![CDATA[ a > b <c/> ]]></style>', 3],
    ['with ">" in an attribute', '<g title="a > b"><desc lang=\'"/>\'/></g>', 3],
    [
      'again for each reference',
      '<g id="a"><rect/><rect/></g><use href="#a"/><use xlink:href="#a"/>',
      6 + 2 * 3,
    ],
    [
      'in patterns, masks and filters',
      '<mask id="m"><rect/></mask><rect mask="url(#m)"/><g style="filter:url(\'#m\')"/>',
      5 + 2 * 2,
    ],
    [
      'not the stops of gradients',
      '<linearGradient id="l"><stop/><stop/></linearGradient><rect fill="url(#l)"/>',
      5,
    ],
    ['colours are no references', '<rect fill="#fff" id="fff"/><rect fill="#fff"/>', 3],
    ['nothing that is not there', '<use href="#nowhere"/><use href="other.svg#a"/>', 3],
    ['no more than once what refers to itself', '<g id="a"><use href="#a"/></g>', 3 + 2],
    ['also where the sign is spelt', '<g id="a"/><use href="&#35;a"/><use href="&#x23;a"/>', 4 + 2],
  ])('%s', (_, inner, elements) => {
    expect(count(inner)).toBe(elements);
  });

  it('are counted through references to references', () => {
    const written = 1 + 1 + 4 * 11 + 1;
    const drawn = [1, 2, 3, 4].map((level) => 10 * elementsOf(level - 1)).reduce((a, b) => a + b);
    expect(count(`<rect id="g0"/>${nested(4)}`)).toBe(written + drawn + elementsOf(4));
  });

  it('are not counted beyond what matters, however they are nested', () => {
    expect(count(`<rect id="g0"/>${nested(7)}`, 1e5)).toBeGreaterThan(1e5);
    expect(count(`<rect id="g0"/>${nested(300)}`, 1e5)).toBeGreaterThan(1e5);
    expect(count('<rect/>'.repeat(2e5), 1e5)).toBeGreaterThan(1e5);
  });

  it('count drawings within, and shorthands for markup as too many', () => {
    const inner = svg('<rect/><rect/>');
    expect(count(`<image href="data:image/svg+xml;base64,${btoa(inner)}"/>`)).toBe(2 + 3);
    expect(count(`<image href='data:image/svg+xml,${encodeURIComponent(inner)}'/>`)).toBe(2 + 3);
    const laughs = '<!DOCTYPE svg [<!ENTITY a "<rect/><rect/>"><!ENTITY b "&a;&a;">]>';
    expect(drawnElements(`${laughs}<svg>&b;</svg>`, 100)).toBeGreaterThan(100);
    // As Adobe's programs write them.
    const names = '<!DOCTYPE svg [ <!ENTITY ns_svg "http://www.w3.org/2000/svg"> ]>';
    expect(drawnElements(`${names}<svg xmlns="&ns_svg;"><g/></svg>`, 100)).toBe(2);
  });

  it.each(['<svg', '<svg><g', '<svg a="', '<!--', '<svg><![CDATA[', '</g></g>', '<', '<!DOCTYPE svg [', ''])(
    'broken text does no harm: %s',
    (text) => {
      expect(drawnElements(text, 100)).toBeLessThanOrEqual(2);
    },
  );

  it('a hundred thousand references in a chain of groups end soon', () => {
    const chain = Array.from({ length: 1e5 }, (_, i) => `<g id="c${i}"><use href="#c${i + 1}"/></g>`).join(
      '',
    );
    const started = process.cpuUsage();
    expect(count(chain, 2e5)).toBeGreaterThan(2e5);
    // Microseconds of this process, however busy the machine is.
    expect(process.cpuUsage(started).user).toBeLessThan(5e6);
  });
});

describe('a drawing', () => {
  it('of ten million elements is refused in a sentence', async () => {
    const file = new Blob([svg(`<rect id="g0"/>${nested(7)}`)]);
    await expect(checkDrawing(file)).rejects.toThrow(
      'is a drawing of more than 200,000 elements, each counted as often as others refer to it; that many are not drawn here. Save it as PNG in the program it comes from, and open that.',
    );
  });

  it('of a hundred thousand is not', async () => {
    await expect(checkDrawing(new Blob([svg('<path d="M0 0"/>'.repeat(1e5))]))).resolves.toBeUndefined();
  });
});
