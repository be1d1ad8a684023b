/** How frames become a file. */
export interface FrameEncoder {
  /** Takes what is on the canvas as the next frame. */
  add(): Promise<void>;
  finish(): Promise<Uint8Array<ArrayBuffer>>;
  cancel(): Promise<void>;
}

/** What WebCodecs calls the codecs that each format may hold, and what the muxer calls them. */
export const codecs = {
  mp4: [['avc', 'avc1.640020']],
  webm: [
    ['vp9', 'vp09.00.31.08'],
    ['vp8', 'vp8'],
  ],
} as const;

export type VideoKind = keyof typeof codecs;

export type VideoCodecName = (typeof codecs)[VideoKind][number][0];

/** What an encoder may ask for beside the frames as they come. */
export interface Frames {
  readonly framesPerSecond: number;
  readonly count: number;
  /** Draws a frame out of turn. */
  draw(frame: number): void;
}
