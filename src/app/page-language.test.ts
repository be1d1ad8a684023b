// @vitest-environment page
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { say, speak, spoken } from '../text/say';
import { chooseLanguage, preferredLanguage, speakPreferred } from './page-language';

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/');
});

afterEach(() => {
  vi.restoreAllMocks();
  speak('en');
});

const browserSpeaks = (...tags: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);

it('goes by the address, then by what was chosen before, then by the browser', () => {
  browserSpeaks('fr', 'zh-TW', 'en');
  expect(preferredLanguage()).toBe('zh');
  localStorage.setItem('supersign-language', 'en');
  expect(preferredLanguage()).toBe('en');
  history.replaceState(null, '', '/?language=zh-CN#study');
  expect(preferredLanguage()).toBe('zh');
  history.replaceState(null, '', '/?language=klingon');
  expect(preferredLanguage()).toBe('en');
});

it('is English, without a wait, where nothing else is known', () => {
  browserSpeaks('fr', 'de');
  expect(preferredLanguage()).toBe('en');
  expect(speakPreferred()).toBeNull();
});

it('a choice is spoken, kept, and in the address beside what was there', async () => {
  history.replaceState(null, '', '/?x=1#explain?image=church');
  await chooseLanguage('zh');
  expect(spoken()).toBe('zh');
  expect(say('Close')).toBe('关闭');
  expect(document.documentElement.lang).toBe('zh-Hans');
  expect(localStorage.getItem('supersign-language')).toBe('zh');
  expect(location.search + location.hash).toBe('?x=1&language=zh#explain?image=church');
  await chooseLanguage('en');
  expect(say('Close')).toBe('Close');
  expect(document.documentElement.lang).toBe('en');
});

it('what is said of files that cannot be read comes when the page is drawn', async () => {
  const sentence = 'Layer "conv1" (Conv, ONNX opset 13) is dilated, which is not supported.';
  await chooseLanguage('zh');
  await vi.waitFor(() => expect(say(sentence)).toBe('层 "conv1"（Conv，ONNX opset 13）：带空洞，不支持。'), {
    timeout: 60_000,
  });
  // The words of the page are still there.
  expect(say('Close')).toBe('关闭');
  await chooseLanguage('en');
  expect(say(sentence)).toBe(sentence);
});
