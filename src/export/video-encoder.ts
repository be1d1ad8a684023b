import {
  BufferTarget,
  CanvasSource,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WebMOutputFormat,
} from 'mediabunny';
import { say } from '../text/say';
import type { FrameEncoder, Frames, VideoCodecName, VideoKind } from './frame-encoder';

/** Frames through the browser's own encoder (WebCodecs) into an MP4 or WebM file. */
export async function videoEncoder(
  canvas: HTMLCanvasElement,
  kind: VideoKind,
  codec: VideoCodecName,
  { framesPerSecond }: Frames,
): Promise<FrameEncoder> {
  const target = new BufferTarget();
  const format = kind === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat();
  const output = new Output({ format, target });
  const source = new CanvasSource(canvas, { codec, quality: QUALITY_HIGH });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  let frame = 0;
  return {
    add: () => source.add(frame++ / framesPerSecond, 1 / framesPerSecond),
    finish: async () => {
      await output.finalize();
      if (!target.buffer) throw new Error(say('The encoder gave no file.'));
      return new Uint8Array(target.buffer);
    },
    cancel: async () => {
      if (output.state === 'started') await output.cancel();
    },
  };
}
