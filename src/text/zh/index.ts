import type { Words } from '../say';
import { app } from './app';
import { explain } from './explain';
import { explainControls } from './explain-controls';
import { explainVerdict } from './explain-verdict';
import { figures } from './figures';
import { files } from './files';

/** Every text of the page in simplified Chinese. */
export const zh: Words = { ...app, ...explain, ...explainControls, ...explainVerdict, ...figures, ...files };
