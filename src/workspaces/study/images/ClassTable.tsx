import { useId, useMemo, useState } from 'react';
import { hasProbabilities } from '../../../network/output-kind';
import { useExplain } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import type { ClassFolder, OpenImages } from '../run/study-store';
import css from '../study.module.css';
import { matchFolder } from './images-controller';

/** Which of the network's classes each folder holds; by hand where its name does not tell. */
export function ClassTable({ images: { folders, set } }: { images: OpenImages }) {
  const labels = useExplain((state) => state.manifest?.labels);
  const kind = useExplain((state) => state.manifest?.kind ?? 'classes');
  const outputIs = useExplain((state) => state.manifest?.outputIs);
  const list = useId();
  const matched = folders.filter((folder) => folder.class !== null).length;
  const loose = set.entries.length - folders.reduce((sum, { images }) => sum + images, 0);
  if (!labels) return null;
  if (!hasProbabilities(kind)) {
    return (
      <p className={css.note}>
        {say(
          'The network’s output is {outputIs}: it names no classes, so folders tell none and no accuracy is given.',
          { outputIs },
        )}
      </p>
    );
  }
  return (
    <>
      {matched < folders.length && matched === 0 && (
        <p className={css.note}>
          {say(
            'None of the folders is named like a class of this network, so no accuracy is given. Choose classes by hand where they mean the same.',
          )}
        </p>
      )}
      {folders.length === 0 && (
        <p className={css.note}>
          {say('The images lie in no class folders: their classes are not known, so no accuracy is given.')}
        </p>
      )}
      {folders.length > 0 && (
        <details className={css.classes} open={matched < folders.length || undefined}>
          <summary>
            {say('Classes: {matched} of {folders} matched', { matched, folders: folders.length })}
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
          <section className={css.scroll} aria-label={say('Classes of the folders')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('Folder')}</th>
                  <th scope="col">{say('Images')}</th>
                  <th scope="col">{say('Class')}</th>
                </tr>
              </thead>
              <tbody>
                {folders.map((folder) => (
                  <FolderRow key={folder.folder} folder={folder} labels={labels} list={list} />
                ))}
              </tbody>
            </table>
          </section>
          <datalist id={list}>
            {labels.map((label, i) => (
              // Two classes of a network may share a label.
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart.
              <option key={i} value={label} />
            ))}
          </datalist>
          {loose > 0 && (
            <p className={css.note}>
              {loose === 1
                ? say('1 image lies in no folder.')
                : say('{images} lie in no folder.', { images: counted(loose, 'image') })}
            </p>
          )}
        </details>
      )}
    </>
  );
}

function FolderRow({
  folder: { folder, images, class: index },
  labels,
  list,
}: {
  folder: ClassFolder;
  labels: string[];
  list: string;
}) {
  const label = index === null ? '' : labels[index];
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? label;
  const places = useMemo(() => new Map(labels.map((each, i) => [each.toLowerCase(), i])), [labels]);
  const wrong = text.trim() !== '' && !places.has(text.trim().toLowerCase());
  return (
    <tr>
      <th scope="row">{folder}</th>
      <td>{images.toLocaleString('en')}</td>
      <td>
        <input
          type="text"
          list={list}
          value={text}
          placeholder={say('no class')}
          aria-label={say('Class of {folder}', { folder })}
          aria-invalid={wrong || undefined}
          onChange={({ target }) => {
            setTyped(target.value);
            matchFolder(folder, places.get(target.value.trim().toLowerCase()) ?? null);
          }}
          onBlur={() => setTyped(null)}
        />
      </td>
    </tr>
  );
}
