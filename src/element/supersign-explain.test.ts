// @vitest-environment page
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { frameName } from '../host/frame';
import { explainSettings } from '../state/settings';

/** Elements that are watched, with what they say when they are seen. */
const watched = new Map<Element, () => void>();

vi.stubGlobal(
  'IntersectionObserver',
  class {
    #seen: (entries: { isIntersecting: boolean }[]) => void;
    constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
      this.#seen = seen;
    }
    observe(element: Element) {
      watched.set(element, () => this.#seen([{ isIntersecting: true }]));
    }
    disconnect() {}
  },
);

const { SupersignExplain, addressAttributes } = await import('./supersign-explain');
const { createVisits } = await import('./visits');

function place(...attributes: Record<string, string>[]) {
  const queue = createVisits();
  return attributes.map((each) => {
    const element = document.createElement('supersign-explain') as InstanceType<typeof SupersignExplain>;
    element.queue = queue;
    for (const [name, value] of Object.entries({ src: 'https://host/page/', ...each }))
      element.setAttribute(name, value);
    document.body.append(element);
    return element;
  });
}

const frameOf = (element: Element) => element.shadowRoot?.querySelector('iframe') ?? null;
const see = (element: Element) => watched.get(element)?.();
const say = (element: Element, word: string) =>
  window.dispatchEvent(
    new MessageEvent('message', { data: { supersign: word }, source: frameOf(element)?.contentWindow }),
  );

beforeEach(() => document.body.replaceChildren());

describe('<supersign-explain>', () => {
  it('has an attribute for every parameter of the address', () => {
    const parameters = Object.values(explainSettings).map(({ parameter }) => parameter);
    expect([...addressAttributes, 'class'].toSorted()).toEqual(parameters.toSorted());
  });

  it('writes its attributes into the address, files beside the page around it with their whole address', () => {
    const [element] = place({
      model: 'nets/mine.onnx',
      image: 'golf-ball',
      layer: 'conv3_2',
      explained: '4',
    });
    const { origin, pathname, hash } = new URL(element.address);
    expect(origin + pathname).toBe('https://host/page/');
    const [name, parameters] = hash.split('?');
    expect(name).toBe('#explain');
    expect(Object.fromEntries(new URLSearchParams(parameters))).toEqual({
      model: new URL('nets/mine.onnx', document.baseURI).href,
      image: 'golf-ball',
      layer: 'conv3_2',
      class: '4',
    });
  });

  it('opens the page in the language it is given', () => {
    const [element, other] = place({ language: 'zh', image: 'church' }, { image: 'church' });
    expect(element.address).toBe('https://host/page/?language=zh#explain?image=church');
    expect(other.address).toBe('https://host/page/#explain?image=church');
  });

  it('loads when it is seen, of several one after the other', () => {
    const [first, second, third] = place({}, {}, {});
    expect(frameOf(first)).toBeNull();
    see(first);
    see(third);
    expect(frameOf(first)?.name).toBe(frameName);
    expect(frameOf(third)).toBeNull();
    say(first, 'settled');
    expect(frameOf(third)).not.toBeNull();
    expect(frameOf(second)).toBeNull();
    see(second);
    expect(frameOf(second)).toBeNull();
    say(third, 'settled');
    expect(frameOf(second)).not.toBeNull();
  });

  it('lets the next one begin when it is taken off the page', () => {
    const [first, second] = place({}, {});
    see(first);
    see(second);
    first.remove();
    expect(frameOf(second)).not.toBeNull();
  });

  it('follows its attributes', () => {
    const [element] = place({ layer: 'conv1_1' });
    see(element);
    element.setAttribute('layer', 'conv2_1');
    expect(frameOf(element)?.src).toContain('layer=conv2_1');
  });

  it('says when its picture is analysed, and takes no word of another window', () => {
    const [element] = place({});
    const settled = vi.fn();
    element.addEventListener('supersign-settled', settled);
    see(element);
    window.dispatchEvent(new MessageEvent('message', { data: { supersign: 'settled' }, source: window }));
    expect(settled).not.toHaveBeenCalled();
    say(element, 'settled');
    expect(settled).toHaveBeenCalledTimes(1);
  });
});
