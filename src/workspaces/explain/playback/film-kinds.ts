import type { AnimationKind } from '../../../export';

export const filmKindNames: Record<AnimationKind, string> = { mp4: 'MP4', webm: 'WebM', gif: 'GIF' };

/**
 * What is worth offering. Which codecs a browser really has is asked when one is chosen: WebKitGTK, for one, may not survive the
 * question. GIF needs nothing of the browser.
 */
export const filmKindsHere = (): AnimationKind[] =>
  typeof VideoEncoder === 'undefined' ? ['gif'] : ['mp4', 'webm', 'gif'];
