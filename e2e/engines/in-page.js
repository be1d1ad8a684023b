// Runs in the page, before every question of a journey: finds things as a reader of the screen does, by role and accessible name.
(() => {
  if (window.journey) return;
  const tags = {
    button: 'button',
    checkbox: 'input[type=checkbox]',
    combobox: 'select',
    figure: 'figure',
    heading: 'h1, h2, h3',
    img: 'img',
    link: 'a[href]',
    radio: 'input[type=radio]',
    region: 'section[aria-label], section[aria-labelledby]',
    row: 'tr',
    slider: 'input[type=range]',
    table: 'table',
  };
  const textOf = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  const nameOf = (element) => {
    const ids = element.getAttribute('aria-labelledby');
    if (ids)
      return ids
        .split(' ')
        .map((id) => textOf(document.getElementById(id)))
        .join(' ');
    const [label] = element.labels ?? [];
    return (
      element.getAttribute('aria-label') ??
      (label && element.localName !== 'button' ? labelText(label) : null) ??
      element.getAttribute('alt') ??
      (textOf(element) || element.getAttribute('title') || '')
    );
  };
  /** A label without the words of the control in it. */
  const labelText = (label) => {
    const copy = label.cloneNode(true);
    for (const control of copy.querySelectorAll('select, input, output')) control.remove();
    return textOf(copy);
  };
  const isShown = (element) => element.getClientRects().length > 0;
  const matches = (text, name) => (typeof name === 'string' ? text === name : name.test(text));
  /** All elements of a role, shown or not: what is folded away can be read. */
  const all = (role, name = /(?:)/) =>
    [
      ...document.querySelectorAll(`[role=${role}]${tags[role] ? `, :is(${tags[role]}):not([role])` : ''}`),
    ].filter((element) => matches(nameOf(element), name));
  const find = (role, name) => all(role, name).find(isShown) ?? null;
  let isClicked = true;
  /** Notes whether the next click comes to an element: one that is moved by what comes above it is missed without a word. */
  const expectClick = (element) => {
    isClicked = false;
    const wanted = element();
    const note = ({ target }) => {
      isClicked = [wanted, element()].some((each) => each?.contains(target));
    };
    document.addEventListener('click', note, { capture: true, once: true });
  };
  const wasClicked = () => isClicked;
  window.journey = { all, find, textOf, nameOf, expectClick, wasClicked };
})();
