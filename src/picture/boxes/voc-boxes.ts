import { tagsOf } from '../markup';
import { type Box, type Boxes, BoxesError, boxOf } from './boxes';

/** In characters; an annotation has some hundred a box. */
const LONGEST = 4e6;
const DEEPEST = 32;

/** What is asked of an annotation, by the path of its element. */
const SIZE = ['annotation/size/width', 'annotation/size/height'];
const OBJECT = 'annotation/object';
const NAME = `${OBJECT}/name`;
const EDGES = ['xmin', 'ymin', 'xmax', 'ymax'].map((edge) => `${OBJECT}/bndbox/${edge}`);

/**
 * The boxes of an annotation of PASCAL VOC (Everingham et al. 2010), as ImageNet has them too. Its pixels are counted from 1, and
 * the last one of a box belongs to it. Boxes around parts of an object lie in the object's, and do not count.
 * @throws BoxesError
 */
export function vocBoxes(text: string): Boxes {
  if (text.length > LONGEST) throw new BoxesError('is too long for the annotation of one picture.');
  const boxes: Box[] = [];
  const size: (number | null)[] = [null, null];
  const open: { name: string; to: number }[] = [];
  let object: { label: string; edges: number[] } = { label: '', edges: [] };
  let seen = false;
  for (const { name, kind, from, to } of tagsOf(text)) {
    if (kind === 'empty') continue;
    if (kind === 'start') {
      if (open.length === DEEPEST) throw new BoxesError('is nested too deeply for an annotation.');
      open.push({ name, to });
      if (pathOf(open) === OBJECT) object = { label: '', edges: [] };
      seen ||= pathOf(open) === 'annotation';
      continue;
    }
    const last = open.at(-1);
    if (last?.name !== name) {
      throw new BoxesError(
        `is no XML: “${name}” ends where ${last ? `“${last.name}” is open` : 'nothing is'}.`,
      );
    }
    const path = pathOf(open);
    const value = () => plain(text.slice(last.to, from));
    const edge = EDGES.indexOf(path);
    if (edge >= 0) object.edges[edge] = numberIn(value());
    else if (path === NAME) object.label = value();
    else if (SIZE.includes(path)) size[SIZE.indexOf(path)] = numberIn(value());
    else if (path === OBJECT && object.edges.length > 0) boxes.push(vocBox(object.edges, object.label));
    open.pop();
  }
  if (open.length > 0) throw new BoxesError(`breaks off: “${open[open.length - 1].name}” does not end.`);
  if (!seen) throw new BoxesError('is no annotation of PASCAL VOC: it has no element “annotation”.');
  const [width, height] = size;
  // Some programs write a size of 0 where they do not know it.
  return { boxes, size: width && height ? { width, height } : null };
}

function vocBox([xmin, ymin, xmax, ymax]: number[], label: string): Box {
  return boxOf({ left: xmin - 1, top: ymin - 1, right: xmax, bottom: ymax }, label);
}

const pathOf = (open: readonly { name: string }[]) => open.map(({ name }) => name).join('/');

const numberIn = (text: string) => (text === '' ? Number.NaN : Number(text));

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string) => text.replace(/&(\w+);/g, (all, name) => entities[name] ?? all).trim();
