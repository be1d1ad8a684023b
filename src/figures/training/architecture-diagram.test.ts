// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { beyond, overlaps } from '../testing/recording-context';
import { textBox } from '../testing/svg-text';
import { architectureDiagram } from './architecture-diagram';
import {
  type ArchitectureDiagramData,
  architectureLayout,
  type DiagramBlock,
  type DiagramKind,
} from './architecture-layout';

/** Stages of so many blocks each, doubling in width and halving in side. */
function network(stages: number[], kind: DiagramKind = 'convolution', side = 64): DiagramBlock[] {
  const blocks: DiagramBlock[] = [{ kind: 'input', name: 'picture', width: 3, side, filter: null }];
  stages.forEach((count, stage) => {
    const width = 16 * 2 ** stage;
    for (let i = 0; i < count; i++) {
      blocks.push({ kind, name: `conv${stage + 1}_${i + 1}`, width, side: side >> stage, filter: 3 });
    }
    if (stage < stages.length - 1) {
      blocks.push({ kind: 'pooling', name: '', width, side: side >> (stage + 1), filter: null });
    }
  });
  blocks.push({ kind: 'output', name: 'classes', width: 10, side: 1, filter: null });
  return blocks;
}

function draw(data: ArchitectureDiagramData, width = 1000) {
  const layout = architectureLayout(data, width);
  const svg = architectureDiagram(document, data, { width, height: layout.height }, figureThemes.light);
  return { layout, svg, all: (selector: string) => [...svg.querySelectorAll(selector)] };
}

const plain = (stages: number[], kind?: DiagramKind): ArchitectureDiagramData => ({
  blocks: network(stages, kind),
  selected: null,
});

describe('the architecture diagram', () => {
  it('draws maps by the root of their share of the largest, and thicker with channels', () => {
    const { layout } = draw(plain([1, 1, 1]));
    const [, first, , second, , third] = layout.blocks.map(({ front }) => front);
    // 15 + 103 sqrt(side / largest), so from 64 to 16 pixels the part above 15 halves.
    expect(first.height).toBeCloseTo(118, 6);
    expect(third.height - 15).toBeCloseTo((first.height - 15) / 2, 6);
    expect(second.width - 5).toBeCloseTo((first.width - 5) * Math.SQRT2, 6);
    expect(third.width - 5).toBeCloseTo((first.width - 5) * 2, 6);
  });

  it('stands all boxes about one line, from left to right', () => {
    const { layout } = draw(plain([2, 2, 2]));
    const middles = layout.blocks.map(({ front }) => front.y + front.height / 2);
    for (const middle of middles) expect(middle).toBeCloseTo(middles[0], 6);
    layout.blocks.slice(1).forEach(({ front, column }, i) => {
      expect(front.x).toBeGreaterThan(layout.blocks[i].front.x + layout.blocks[i].front.width);
      expect(column.x).toBeCloseTo(layout.blocks[i].column.x + layout.blocks[i].column.width, 6);
    });
  });

  it('names blocks and sizes, and marks the selected one', () => {
    const { svg, all } = draw({ ...plain([2, 2]), selected: 2 });
    for (const word of ['conv1_1', 'conv2_2', '64²', '32²', 'vector', 'RGB'])
      expect(svg.textContent).toContain(word);
    expect(all('.selected-column')).toHaveLength(1);
    expect(all('.block[data-block="conv1_2"] .outline')[0].getAttribute('stroke')).toBe(
      figureThemes.light.accent,
    );
    expect(draw(plain([2, 2])).all('.selected-column')).toHaveLength(0);
  });

  it('draws a way round every residual block and round no other', () => {
    expect(draw(plain([2, 1], 'residual')).all('.shortcut')).toHaveLength(3);
    expect(draw(plain([2, 1])).all('.shortcut')).toHaveLength(0);
  });

  it('marks what is taken out and what is added', () => {
    const marked = [
      { index: 1, as: 'removed' as const },
      { index: 2, as: 'added' as const },
    ];
    const { all } = draw({ ...plain([2, 1]), marked });
    expect(all('.removed .outline')[0].getAttribute('stroke-dasharray')).not.toBeNull();
    expect(all('.added .outline')[0].getAttribute('stroke')).toBe(figureThemes.light.accent);
  });

  it('is read aloud and stands alone', () => {
    const { svg } = draw(plain([1, 1]));
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.querySelector('desc')?.textContent).toBe(
      'a picture of 64 by 64 pixels; conv1_1, 16 channels of 64 by 64; conv2_1, 32 channels of 32 by 32; 10 classes.',
    );
  });

  it('lets no words touch or leave the figure, from 1 to 40 blocks and 320 to 2000 px', () => {
    for (const stages of [[1], [2, 2], [2, 2, 3, 3, 2], [8, 8, 8, 8, 8]]) {
      for (const width of [320, 390, 1000, 2000]) {
        const data = {
          ...plain(stages),
          title: 'Architecture',
          caption: 'A network of a few blocks, drawn to be read.',
        };
        const { all, layout } = draw(data, width);
        const texts = all('text').map(textBox);
        const where = `${stages} at ${width}`;
        expect(overlaps(texts), where).toEqual([]);
        expect(beyond(texts, { right: layout.width + 0.1, bottom: layout.height + 0.1 }), where).toEqual([]);
      }
    }
  });
});
