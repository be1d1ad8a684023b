import { useShown } from '../../../state/explain-store';
import css from '../picture/picture-column.module.css';
import { layerNote } from './layer-words';

/** Why the selected layer is the one it is, where its name alone would not tell. */
export function LayerNote() {
  const note = layerNote(useShown());
  return note && <p className={css.layerNote}>{note}</p>;
}
