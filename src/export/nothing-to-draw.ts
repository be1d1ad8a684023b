import { say } from '../text/say';
/** The answer where a figure is asked for before there is one. */
export const nothing = () => Promise.reject(new Error(say('there is nothing to draw yet')));
