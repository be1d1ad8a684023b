import { OWN_PICTURE } from '../../../state/versus';
import { say } from '../../../text/say';

/** The second picture of one's own that was chosen last; the address cannot hold it. */
const chosen: { file: File | null } = { file: null };

/** Keeps a picture for as long as the page is open; gives back what the address writes for it. */
export function keepOwnPicture(file: File): string {
  chosen.file = file;
  return OWN_PICTURE;
}

/** A second picture of one's own that the page does not have. */
export class PictureGoneError extends Error {
  override readonly name = 'PictureGoneError';
}

/** @throws PictureGoneError where none was chosen since the page was opened */
export function ownPicture(): File {
  if (!chosen.file)
    throw new PictureGoneError(say('The second picture is not here any more. Choose it again.'));
  return chosen.file;
}

/** What it is called; the address knows only that it is one's own. */
export const ownPictureName = (): string => chosen.file?.name ?? say('The second picture');
