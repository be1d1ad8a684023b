import { type Boxes, BoxesError, boxOf } from './boxes';

/**
 * The boxes of many pictures, by the name of the picture's file: an annotation of COCO (Lin et al. 2014), `bbox` being left edge, upper edge,
 * width and height. A picture without any annotation has no boxes, which is not the same as none being known.
 * @returns null where the JSON is no such annotation
 * @throws BoxesError where it is one, and damaged
 */
export function cocoBoxes(text: string): Map<string, Boxes> | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    if (meant.test(text)) throw new BoxesError('is no JSON that can be read, or it breaks off.');
    return null;
  }
  if (!isRecord(json) || !Array.isArray(json.images) || !Array.isArray(json.annotations)) return null;
  const names = new Map(
    (Array.isArray(json.categories) ? json.categories : [])
      .filter(isRecord)
      .map(({ id, name }) => [id, String(name ?? '')]),
  );
  const byId = new Map<unknown, { file: string; found: Boxes }>();
  for (const image of json.images) {
    if (!isRecord(image) || typeof image.file_name !== 'string') {
      throw new BoxesError('names an image without its file (“file_name”).');
    }
    const [width, height] = [Number(image.width), Number(image.height)];
    const size = width > 0 && height > 0 ? { width, height } : null;
    byId.set(image.id, { file: image.file_name, found: { boxes: [], size } });
  }
  for (const annotation of json.annotations) {
    const image = isRecord(annotation) ? byId.get(annotation.image_id) : undefined;
    // What is annotated of pictures that are not listed is nobody's.
    if (!image || !isRecord(annotation) || !Array.isArray(annotation.bbox)) continue;
    const [left, top, width, height] = annotation.bbox.map(Number);
    // COCO itself has boxes without any width, around lines.
    if (width === 0 || height === 0) continue;
    const edges = { left, top, right: left + width, bottom: top + height };
    image.found.boxes.push(boxOf(edges, names.get(annotation.category_id) ?? ''));
  }
  return new Map([...byId.values()].map(({ file, found }) => [file, found]));
}

/** What a damaged file was meant to be. */
const meant = /"annotations"\s*:\s*\[/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
