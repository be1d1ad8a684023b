/**
 * Puts a canvas into the page, unseen, until what is returned is called. Letters on a canvas follow the style around it: outside of the page
 * digits would not be of one width.
 */
export function inPage(canvas: HTMLCanvasElement): () => void {
  const place = document.createElement('div');
  place.style.display = 'none';
  place.append(canvas);
  document.body.append(place);
  return () => place.remove();
}
