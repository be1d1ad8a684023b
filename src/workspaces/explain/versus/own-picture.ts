import { OWN_PICTURE } from '../../../state/versus';

/** The second picture of one's own that was chosen last; the address cannot hold it. */
const chosen: { file: File | null } = { file: null };

/** Keeps a picture for as long as the page is open; gives back what the address writes for it. */
export function keepOwnPicture(file: File): string {
  chosen.file = file;
  return OWN_PICTURE;
}

/** @throws Error where none was chosen since the page was opened */
export function ownPicture(): File {
  if (!chosen.file) throw new Error('The second picture is not here any more. Choose it again.');
  return chosen.file;
}
