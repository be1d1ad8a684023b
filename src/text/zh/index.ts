import type { Words } from '../say';
import { about } from './about';
import { app } from './app';
import { optimise } from './optimise-workspace';
import { runMessages } from './run-messages';
import { study } from './study';
import { findings } from './study-findings';

/** Every text of the page in simplified Chinese. */
export const zh: Words = { ...about, ...study, ...findings, ...optimise, ...runMessages, ...app };
