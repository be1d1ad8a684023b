import { expect, it } from 'vitest';
import { durationInWords } from '../text/duration-in-words';
import { axisChoices } from '../workspaces/study/results/scatter-view';
import { someImages, studyWith } from './study-testing';
import { madeBy, rateInWords, readyInWords, studiedInWords, toldApart } from './study-words';

const study = (change: Parameters<typeof studyWith>[0]['settings'] = {}, of?: number) => {
  const made = studyWith({ images: someImages(3), layers: ['conv1'], numbers: {}, settings: change });
  return { ...made, of: of ?? made.of };
};

it('says what a figure shows', () => {
  expect(studiedInWords(study(), 'predicted')).toBe(
    'Grad-CAM for the predicted class of 3 images, by photos10.',
  );
  expect(studiedInWords(study({ sample: 3, seed: 7 }, 3925), 'true')).toBe(
    'Grad-CAM for the true class of 3 of 3,925 images (drawn by seed 7), by photos10.',
  );
  expect(studiedInWords(study({ method: 'rollout', against: 'rest' }), 'predicted')).toBe(
    'Attention rollout for the predicted class and no other of 3 images, by photos10.',
  );
  expect(studiedInWords(study({ against: 'opposite' }), 'true')).toBe(
    'Grad-CAM for what speaks against the true class of 3 images, by photos10.',
  );
  expect(studiedInWords(study({ box: 'surest', part: 'place' }), 'predicted')).toBe(
    'Grad-CAM for the place of the surest box of 3 images, by photos10.',
  );
  expect(toldApart(study(), study({ box: 'surest' }))).toEqual({
    first: 'no box',
    second: 'the score of the surest box',
  });
  expect(toldApart(study(), study({ against: 'rest' }))).toEqual({
    first: 'against nothing',
    second: 'against all others',
  });
  expect(madeBy(study({ weights: 'randomised', method: 'hires-cam' }))).toBe(
    'HiResCAM by photos10 with randomised weights',
  );
});

it('says where the number explained is a mean over places', () => {
  const by = (kind: 'number' | 'vector' | 'places' | 'picture') => ({
    ...study(),
    model: { ...study().model, output: { name: 'out', kind, is: '', reason: '' } },
  });
  for (const kind of ['places', 'picture'] as const) {
    expect(studiedInWords(by(kind), 'predicted')).toBe(
      'Grad-CAM for the number explained, its mean over all places, of 3 images, by photos10.',
    );
    expect(axisChoices(by(kind))[0].name).toBe('Number explained, mean over all places');
  }
  for (const kind of ['number', 'vector'] as const) {
    expect(studiedInWords(by(kind), 'predicted')).toBe(
      'Grad-CAM for the number explained of 3 images, by photos10.',
    );
    expect(axisChoices(by(kind))[0].name).toBe('Number explained');
  }
});

it('says how pictures were scaled where the file of the network did not settle it', () => {
  const scaling = { name: 'unit', factor: [1 / 255], offset: [0], bgr: false, reason: '' } as const;
  const scaled = (source: 'file' | 'guess' | 'chosen', name: 'unit' | 'signed' = 'unit') => ({
    ...study(),
    scaling: { ...scaling, factor: [...scaling.factor], offset: [0], name, source },
  });
  const said = (of: ReturnType<typeof scaled>) => studiedInWords(of, 'predicted');
  expect(said(scaled('guess'))).toMatch(/by photos10, pictures scaled 0 to 1, a guess\.$/);
  expect(said(scaled('chosen', 'signed'))).toMatch(/, pictures scaled -1 to 1, as chosen\.$/);
  expect(said(scaled('file'))).toMatch(/by photos10\.$/);
  expect(toldApart(scaled('guess'), scaled('chosen', 'signed'))).toEqual({
    first: '0 to 1',
    second: '-1 to 1',
  });
  expect(toldApart(scaled('guess'), { ...study({ levels: 16 }) }).second).toBe(
    '16 levels, input grid 32 × 32, N4',
  );
});

it('tells two studies apart by what differs', () => {
  expect(toldApart(study(), study({ weights: 'randomised' }))).toEqual({
    first: 'trained',
    second: 'randomised',
  });
  expect(toldApart(study(), study({ method: 'hires-cam' }))).toEqual({
    first: 'Grad-CAM',
    second: 'HiResCAM',
  });
  expect(toldApart(study(), { ...study(), model: { ...study().model, name: 'vgg16' } })).toEqual({
    first: 'photos10',
    second: 'vgg16',
  });
  expect(toldApart(study({ levels: 16 }), study())).toEqual({
    first: '16 levels, input grid 32 × 32, N4',
    second: '256 levels, input grid 32 × 32, N4',
  });
  expect(toldApart(study(), study())).toEqual({ first: 'first', second: 'second' });
});

it('writes times and rates as one says them', () => {
  expect([0.4, 59.6, 250, 7380].map(durationInWords)).toEqual([
    '0 s',
    '1 min 0 s',
    '4 min 10 s',
    '2 h 3 min',
  ]);
  expect([12.34, 1, 0.5, 0.1].map(rateInWords)).toEqual([
    '12.3 a second',
    '1.0 a second',
    '30 a minute',
    '6.0 a minute',
  ]);
});

it('says what a run took, pauses and earlier visits left out', () => {
  const images = someImages(1000);
  const made = studyWith({ images, layers: ['conv1'], numbers: {} });
  expect(readyInWords(made, { seconds: 250, images: 1000 })).toBe(
    'Ready: 1,000 images in 4 min 10 s, 4.0 a second on WebAssembly (2 threads)',
  );
  expect(readyInWords(made, { seconds: 100, images: 400 })).toBe(
    'Ready: 1,000 images, the last 400 in 1 min 40 s, 4.0 a second on WebAssembly (2 threads)',
  );
  expect(readyInWords(made, { seconds: 0, images: 0 })).toBe(
    'Ready: 1,000 images on WebAssembly (2 threads)',
  );
  const failures = [{ path: 'a.png', reason: 'not a picture' }];
  expect(readyInWords({ ...made, images: [], failures }, { seconds: 1, images: 1 })).toBe(
    'Ready: none of 1 image could be studied',
  );
});
