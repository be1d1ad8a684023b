import { describe, expect, it } from 'vitest';
import { initialSettings } from '../../../state/settings';
import { attentionCaution, attentionRequest, lookingInWords, patchOf, tokenOf } from './attention-words';

const grid = [14, 7] as const;
const attention = { heads: 12, grid, hasClassToken: true, keepsTokens: true, hasOwnScores: true };
const looking = { ...initialSettings, method: 'attention' as const };

describe('the patch that a setting points at', () => {
  it('is the one it was made of, for every patch of a grid', () => {
    for (let row = 0; row < 14; row++) {
      for (let column = 0; column < 7; column++) {
        expect(patchOf(tokenOf({ column, row }, grid), grid)).toEqual({ column, row });
      }
    }
  });

  it('is the last one at the far edge, and none where nothing is told', () => {
    expect(patchOf('1,1', grid)).toEqual({ column: 6, row: 13 });
    expect(patchOf('0,0', grid)).toEqual({ column: 0, row: 0 });
    expect(patchOf('', grid)).toBeNull();
    expect(patchOf('somewhere', grid)).toBeNull();
  });
});

it('asks for a place and a head from 0, by that method alone', () => {
  expect(attentionRequest({ ...looking, token: '0.5,0.25', head: 3 })).toEqual({
    attention: { token: { x: 0.5, y: 0.25 }, head: 2 },
  });
  expect(attentionRequest(looking)).toEqual({ attention: { token: null, head: null } });
  expect(attentionRequest({ ...looking, method: 'rollout', head: 3 })).toEqual({});
});

it('says whose attention it is', () => {
  expect(lookingInWords(looking, attention)).toBe('of the class token, mean of 12 heads');
  expect(lookingInWords({ ...looking, head: 5 }, { ...attention, hasClassToken: false })).toBe(
    'of all tokens, on average, head 5 of 12',
  );
  expect(lookingInWords({ ...looking, token: '0.5,0.5' }, attention)).toBe(
    'of the patch at column 4, row 8 of 7 × 14, mean of 12 heads',
  );
  expect(lookingInWords({ ...looking, method: 'grad-cam' }, attention)).toBeNull();
});

it('warns beside maps of attention alone', () => {
  expect(attentionCaution({ ...looking, method: 'legrad' }, attention)).toBe(
    'Attention says where tokens look, not what decides.',
  );
  expect(attentionCaution(looking, { ...attention, hasWindows: true })).toBe(
    'Attention says where tokens look, not what decides. Where blocks look within windows, a patch reads nothing outside of its own.',
  );
  expect(attentionCaution(initialSettings, attention)).toBeNull();
});
