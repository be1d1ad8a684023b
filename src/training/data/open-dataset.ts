import { readPicture } from '../../picture/decode';
import type { TrainingData } from '../training-methods';
import type { Dataset } from './dataset';
import { type ImageDataOptions, imageData } from './image-data';
import { pictographData } from './pictograph-data';

export type OpenDatasetOptions = Pick<ImageDataOptions, 'onProgress' | 'pause'> & {
  /** In place of the browser's decoder, where there is none. */
  decode?: ImageDataOptions['decode'];
};

/**
 * Opens what a network is trained on, at the size it reads.
 * @throws DatasetError, ImageSetError with what to do about data that cannot be learned from
 */
export async function openDataset(
  data: TrainingData,
  side: number,
  { decode = decodeInBrowser, ...hooks }: OpenDatasetOptions = {},
): Promise<Dataset> {
  if (data.kind === 'pictographs') return pictographData(data, side);
  const { sources, heldOutShare, seed } = data;
  return imageData(sources, { ...hooks, decode, heldOutShare, seed, side });
}

const decodeInBrowser: ImageDataOptions['decode'] = async (file, side) =>
  (await readPicture(file, { width: side, height: side })).input.rgba;
