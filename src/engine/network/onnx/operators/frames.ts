import type { ResizeSpec } from '../../ops/resize';
import { channelsLast } from '../layout';
import { numbersOf } from '../tensor';
import type { Operator, Operators } from './operator';

const pad: Operator = (call) => {
  const input = call.arranged(call.map(0), channelsLast);
  const given = call.numbers('pads', 1) ?? [];
  const axes = (call.optional(3) ? numbersOf(call.constant(3)) : [0, 1, 2, 3]).map((axis) =>
    call.axis(axis, 4),
  );
  if (given.length !== 2 * axes.length) throw call.problem(`has pads [${given}]`);
  const at = (axis: number, end: 0 | 1) =>
    axes.includes(axis) ? given[axes.indexOf(axis) + end * axes.length] : 0;
  if ([0, 1].some((axis) => at(axis, 0) !== 0 || at(axis, 1) !== 0)) {
    throw call.problem('adds channels or pictures, which is not supported');
  }
  const value = call.optional(2) ? numbersOf(call.constant(2))[0] : call.float('value', 0);
  const mode = call.text('mode', 'constant');
  if ((mode !== 'constant' && mode !== 'reflect') || (mode === 'constant' && value !== 0)) {
    throw call.problem(
      `fills its frame with ${mode === 'constant' ? value : `"${mode}"`}, which is not supported`,
    );
  }
  const sides = { top: at(2, 0), bottom: at(2, 1), left: at(3, 0), right: at(3, 1) };
  if (Object.values(sides).every((side) => side === 0)) return input;
  return call.emit({ type: 'padding', sides, by: mode === 'reflect' ? 'reflection' : 'zeros' }, [input]);
};

const coordinates: Record<string, ResizeSpec['coordinates']> = {
  half_pixel: 'half-pixel',
  pytorch_half_pixel: 'half-pixel',
  asymmetric: 'asymmetric',
  align_corners: 'align-corners',
};

const roundings: Record<string, ResizeSpec['rounding']> = {
  floor: 'floor',
  ceil: 'ceil',
  round_prefer_floor: 'round-prefer-floor',
  round_prefer_ceil: 'round-prefer-ceil',
};

const resize: Operator = (call) => {
  const input = call.arranged(call.map(0), channelsLast);
  // Upsample, and Resize before opset 11, name the factors alone and count from the corner.
  const isOld = call.node.operator === 'Upsample' || call.opset < 11;
  const mode = call.text('mode', 'nearest');
  if ((mode !== 'nearest' && mode !== 'linear') || call.int('antialias', 0) !== 0) {
    throw call.problem(
      `resizes by "${mode}"${call.int('antialias', 0) ? ' with antialiasing' : ''}, which is not supported`,
    );
  }
  const place = isOld ? 'asymmetric' : call.text('coordinate_transformation_mode', 'half_pixel');
  const rounding = isOld ? 'floor' : call.text('nearest_mode', 'round_prefer_floor');
  if (!coordinates[place] || !roundings[rounding]) {
    throw call.problem(`places pixels by "${place}" and "${rounding}", which is not supported`);
  }
  const factors = call.numbers('scales', isOld ? 1 : 2);
  const sizes = isOld ? null : call.numbers('sizes', 3);
  const named = sizes?.length ? sizes : factors;
  if (named?.length !== 4 || named[0] !== 1 || named[1] !== (sizes?.length ? input.shape[1] : 1)) {
    throw call.problem(`resizes to [${named}], which is not rows and columns alone`);
  }
  const pair = [named[2], named[3]] as const;
  return call.emit(
    {
      type: 'resize',
      by: mode === 'linear' ? 'bilinear' : 'nearest',
      to: sizes?.length ? { size: pair } : { factors: pair },
      coordinates: coordinates[place],
      rounding: roundings[rounding],
    },
    [input],
  );
};

export const frames: Operators = { Pad: pad, Resize: resize, Upsample: resize };
