import { messageOf } from '../../../../text/message-of';
import { say } from '../../../../text/say';
/** Why there is no picture from a camera, in sentences. */
export class CameraError extends Error {
  override name = 'CameraError';
}

/** Asked for; cameras give what they have. More pixels than a network sees cost time. */
const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/**
 * Switches a camera on; the browser asks the reader first.
 * @param device its id; null for the one that looks away from a phone, or any
 * @param signal where it aborts, the camera is switched off, also one that comes later
 * @throws CameraError
 */
export async function openCamera(device: string | null, signal: AbortSignal): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new CameraError(
      globalThis.isSecureContext === false
        ? say(
            'Browsers give pages a camera over https and from this very machine only; this page came over http.',
          )
        : say('This browser gives pages no camera.'),
    );
  }
  const which = device ? { deviceId: { exact: device } } : { facingMode: { ideal: 'environment' } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { ...wanted, ...which },
      audio: false,
    });
    const off = () => switchOff(stream);
    if (signal.aborted) off();
    signal.addEventListener('abort', off, { once: true });
    return stream;
  } catch (error) {
    throw new CameraError(whyNoCamera(error));
  }
}

/** Ends it: its light goes off. */
export function switchOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The cameras there are; their names are told once one of them was allowed. */
export async function cameras(): Promise<{ id: string; name: string }[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }, i) => ({ id: deviceId, name: label || say('Camera {i}', { i: i + 1 }) }));
}

/** What an error of `getUserMedia` means, by its name in the standard (Media Capture and Streams, 10.2). */
export function whyNoCamera(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if ((name === 'NotAllowedError' || name === 'SecurityError') && isWithheld())
    return say('The page around this one keeps the camera to itself: its iframe needs allow="camera".');
  const known: Record<string, string> = {
    NotAllowedError: say(
      'The camera is not allowed here. Allow it for this page (the sign beside the address, or the settings of browser and system), then try again.',
    ),
    SecurityError: say('This browser does not let pages use a camera; its settings say so.'),
    NotFoundError: say('No camera was found. Connect one, then try again.'),
    OverconstrainedError: say('That camera is no longer there. Choose another one.'),
    NotReadableError: say(
      'The camera is in use by another program or tab, or does not answer. Close that, then try again.',
    ),
    AbortError: say('The camera did not start. Try again.'),
  };
  return known[name] ?? say('The camera did not start: {reason}.', { reason: messageOf(error) });
}

/** Whether a page around this one, or the server's Permissions-Policy, withholds the camera; false where browsers do not tell. */
function isWithheld(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature('camera') === false && window.parent !== window;
}
