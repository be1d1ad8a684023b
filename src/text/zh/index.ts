import type { Words } from '../say';
import { about } from './about';
import { app } from './app';
import { findings } from './findings';
import { optimise } from './optimise';
import { study } from './study';

/** Every text of the page in simplified Chinese. */
export const zh: Words = { ...about, ...study, ...findings, ...optimise, ...app };
