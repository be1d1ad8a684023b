import { beforeEach, expect, test } from 'vitest';
import { alertOf, settle, useAlerts, warn } from './alerts';

beforeEach(() => useAlerts.setState({ alerts: [] }));

const texts = () => useAlerts.getState().alerts.map(({ text }) => text);

test('alerts of several owners stand side by side, in the order in which they came', () => {
  warn('optimise', 'That network cannot be built.');
  warn('explain', 'The picture is empty.');
  expect(texts()).toEqual(['That network cannot be built.', 'The picture is empty.']);
});

test('a newer alert of one owner replaces its last one only', () => {
  warn('study', 'Open the images first.');
  warn('explain', 'The picture is empty.');
  warn('study', 'The study came to an end.');
  expect(texts()).toEqual(['The picture is empty.', 'The study came to an end.']);
});

test('the success of one owner takes away nobody else’s alert', () => {
  warn('optimise', 'That network cannot be built.');
  settle('explain');
  settle('study');
  expect(alertOf('optimise')).toBe('That network cannot be built.');
  settle('optimise');
  expect(texts()).toEqual([]);
});

test('to settle nothing changes nothing', () => {
  warn('page', 'A newer version is there.');
  const before = useAlerts.getState();
  settle('explain');
  expect(useAlerts.getState()).toBe(before);
});
