import { expect } from 'vitest';
import { analysisIn } from '../../support/downloads';
import { readPng } from '../../support/png';
import type { Journeys } from '../setting';
import { analysisOf, openAnew, openPage, quick, saveAnalysis, saveFigure, shown } from './explain-steps';

export const saving: Journeys = {
  async 'a PNG, an SVG and the analysis are saved, and opened again'({ visitor, address }) {
    await openPage(
      visitor,
      `${address}#explain?image=parachute&measure=shannon&layer=conv2_2&${quick}`,
      'Parachute',
    );
    const exported = await saveAnalysis(visitor);
    const first = analysisIn(exported);
    expect(first).toMatchObject({ schema: 'supersign/analysis', version: 1, target: { label: 'parachute' } });

    const picture = await saveFigure(visitor, 'All layers', 'PNG');
    const { width, texts } = readPng(picture.buffer);
    expect(width).toBeGreaterThan(600);
    expect(JSON.parse(texts.supersign).layers).toHaveLength(12);

    const drawing = (await saveFigure(visitor, 'Spatial entropy by layer', 'SVG')).buffer.toString();
    expect(drawing).toMatch(/^<svg|^<\?xml/);
    for (const word of ['conv1_1', 'conv5_2', 'photos10', 'Grad-CAM', 'Shannon'])
      expect(drawing).toContain(word);

    await openAnew(visitor, `${address}#explain?${quick}`);
    await shown(visitor, 'French horn');
    await visitor.drop(exported);
    await shown(visitor, 'Parachute');
    const again = await analysisOf(visitor);
    expect(again.layers).toEqual(first.layers);
    expect(again.predictions).toEqual(first.predictions);

    await visitor.focus('slider', 'Layer');
    await visitor.press('End');
    await visitor.sees('img', /^Saliency of conv5_2/);
    await visitor.drop(picture);
    await shown(visitor, 'Parachute');
    await visitor.sees('img', /^Saliency of conv2_2/);
  },
};
