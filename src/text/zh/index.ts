import type { Words } from '../say';
import { app } from './app';

/** Every text of the page in simplified Chinese. */
export const zh: Words = { ...app };
