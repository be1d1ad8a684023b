import { describe, expect, it } from 'vitest';
import { createPace } from './pace';

describe('the pace of a study', () => {
  const run = () => {
    let time = 0;
    const pace = createPace(() => time);
    const step = (milliseconds: number, pictures = 1) => {
      time += milliseconds;
      pace.add(pictures);
    };
    return { pace, step, wait: (milliseconds: number) => (time += milliseconds) };
  };

  it('is pictures by time, of late', () => {
    const { pace, step } = run();
    expect(pace.rate()).toBeNull();
    for (let i = 0; i < 10; i++) step(500);
    expect(pace.rate()).toBeCloseTo(2, 12);
    for (let i = 0; i < 100; i++) step(100);
    expect(pace.rate()).toBeCloseTo(10, 12);
  });

  it('does not count an hour that the machine slept', () => {
    const { pace, step } = run();
    for (let i = 0; i < 10; i++) step(500);
    step(3_600_000);
    expect(pace.rate()).toBeCloseTo(2, 12);
    for (let i = 0; i < 10; i++) step(500);
    expect(pace.rate()).toBeCloseTo(2, 12);
  });

  it('counts pictures that all take long', () => {
    const { pace, step } = run();
    for (let i = 0; i < 5; i++) step(60_000);
    expect(pace.rate()).toBeCloseTo(1 / 60, 12);
  });

  it('begins anew after a pause', () => {
    const { pace, step, wait } = run();
    for (let i = 0; i < 4; i++) step(1000);
    wait(15_000);
    pace.restart();
    step(1000);
    expect(pace.rate()).toBeCloseTo(1, 12);
  });
});
