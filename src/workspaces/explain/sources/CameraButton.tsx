import { openCamera } from '../../../state/camera-store';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';

/** Opens the camera's window; nothing is asked of the browser before. */
export function CameraButton() {
  const ready = useExplain((state) => state.analysis !== null);
  return (
    <button
      type="button"
      className="quiet"
      aria-label={say('Camera')}
      title={say('A picture from the camera, or live')}
      disabled={!ready}
      onClick={openCamera}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path
          d="M1.8 4.8h2.6l1.2-1.7h4.8l1.2 1.7h2.6v8H1.8zM10.6 8.7a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      </svg>
    </button>
  );
}
