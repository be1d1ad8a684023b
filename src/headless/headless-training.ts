import { trainer } from '../engine/engine-client';
import type { TrainingWorkerMethods } from '../engine/training-worker-methods';
import type { ImageSource } from '../picture/sets/image-set';
import type { OpenTraining, TrainingData } from '../training/training-methods';

/** Pictures as the command line names them: an archive at an address of its own. */
export type HeadlessData =
  | Extract<TrainingData, { kind: 'pictographs' }>
  | (Omit<Extract<TrainingData, { kind: 'images' }>, 'sources'> & {
      archive: { name: string; address: string };
    });

type Asked<Request> = Request extends { data: TrainingData }
  ? Omit<Request, 'data'> & { data: HeadlessData }
  : Request;

/** What the training worker can be asked from outside: its own methods, data by their address. */
export type HeadlessTrainingMethods = {
  [K in keyof TrainingWorkerMethods]: {
    request: Asked<TrainingWorkerMethods[K]['request']>;
    result: TrainingWorkerMethods[K]['result'];
  };
};

/** Asks the training worker. What it tells on the way stays here: to hand thousands of messages to another process takes as long as the work. */
export async function askTrainer<K extends keyof HeadlessTrainingMethods & string>(
  method: K,
  request: HeadlessTrainingMethods[K]['request'],
): Promise<HeadlessTrainingMethods[K]['result']> {
  return trainer.call(method, (await withData(request)) as never);
}

async function withData(request: object): Promise<object> {
  const { data } = request as { data?: HeadlessData };
  if (data?.kind !== 'images') return request;
  const { archive, ...rest } = data;
  const response = await fetch(archive.address);
  if (!response.ok) throw new Error(`${archive.name} cannot be read (HTTP ${response.status}).`);
  const source: ImageSource = { kind: 'zip', name: archive.name, blob: await response.blob() };
  return { ...request, data: { ...rest, sources: [source] } } satisfies Pick<OpenTraining, 'data'>;
}
