import { type RefObject, useMemo, useRef } from 'react';
import { picturesInWords } from '../../../figures/study/study-figures';
import { filesOf } from '../../../files/named-file';
import { ofSplit } from '../../../study/run/choose-pictures';
import { duplicatesInWords, leftOutOf, sameInWords } from '../../../study/run/duplicates';
import { say } from '../../../text/say';
import { Said } from '../../../ui/Said';
import { choose } from '../run/study-controller';
import { type OpenImages, useStudy } from '../run/study-store';
import css from '../study.module.css';
import { ClassTable } from './ClassTable';
import { openExamples, saidName } from './images-controller';
import { openFiles } from './open-study';

/** Which pictures are studied, and which class each folder of them holds. */
export function Images() {
  const images = useStudy((state) => state.images);
  const hasStudy = useStudy((state) => state.study !== null && state.study.images.length > 0);
  return (
    <section aria-labelledby="study-images">
      <h2 id="study-images">{say('Images')}</h2>
      {/* Before there is anything to show the invitation has them. */}
      {(images || hasStudy) && <OpenButtons />}
      {images && (
        <>
          <p>
            <Said
              text="<name>{name}</name>: {images}"
              parts={{
                name: () => <strong>{saidName(images.name)}</strong>,
                images: picturesInWords(images.set.entries.length),
              }}
            />
          </p>
          {images.set.refused.length > 0 && (
            <Reasons
              title={say('{value} cannot be read', { value: images.set.refused.length.toLocaleString('en') })}
              of={images.set.refused}
            />
          )}
          <DuplicatesFound images={images} />
          <ClassTable images={images} />
        </>
      )}
      {!images && <p className={css.note}>{say('None are open.')}</p>}
    </section>
  );
}

/** Names the images that are the same as others, and offers to leave them out. */
function DuplicatesFound({ images: { duplicates, set } }: { images: OpenImages }) {
  const { withoutDuplicates, split } = useStudy((state) => state.choices);
  const leftOut = useMemo(
    () =>
      duplicates.state === 'found' ? leftOutOf(duplicates.groups, ofSplit(set.entries, split || null)) : [],
    [duplicates, set, split],
  );
  if (duplicates.state === 'unknown') {
    return (
      <p className={css.note}>
        {say('Duplicates could not be looked for: {reason}.', { reason: say(duplicates.reason) })}
      </p>
    );
  }
  if (duplicates.state === 'looking') {
    const { done, of } = duplicates;
    if (of === 0) return null;
    return (
      <p className={css.note}>
        {say('Looking for duplicates, {value} of {of} of the same size', {
          value: done.toLocaleString('en'),
          of: picturesInWords(of),
        })}
      </p>
    );
  }
  if (leftOut.length === 0) return null;
  return (
    <>
      <Reasons title={duplicatesInWords(leftOut.length)} of={leftOut.map(sameInWords)} />
      <label className="check">
        <input
          type="checkbox"
          checked={withoutDuplicates}
          onChange={({ target }) => choose({ withoutDuplicates: target.checked })}
        />
        {say('Leave out exact duplicates')}
      </label>
    </>
  );
}

/** The ways to open pictures. */
export function OpenButtons() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <div className={css.buttons}>
      <button type="button" onClick={() => files.current?.click()}>
        {say('Open images')}
      </button>
      <Picker input={files} accept="image/*,.avif,.zip,application/zip" />
      <button type="button" onClick={() => folder.current?.click()}>
        {say('Open folder')}
      </button>
      <Picker input={folder} folder />
      <button type="button" onClick={() => void openExamples()}>
        {say('Use the examples')}
      </button>
    </div>
  );
}

function Picker({
  input,
  accept,
  folder = false,
}: {
  input: RefObject<HTMLInputElement | null>;
  accept?: string;
  folder?: boolean;
}) {
  return (
    <input
      ref={input}
      type="file"
      hidden
      multiple
      accept={accept}
      data-picker={folder ? 'folder' : 'images'}
      {...(folder ? { webkitdirectory: '' } : {})}
      onChange={({ target }) => {
        void openFiles(filesOf([...(target.files ?? [])]));
        target.value = '';
      }}
    />
  );
}

/** Files that are not studied, each with the reason. */
export function Reasons({ title, of }: { title: string; of: readonly { path: string; reason: string }[] }) {
  return (
    <details className={css.reasons}>
      <summary>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
      <section className={css.scroll} aria-label={title} tabIndex={0}>
        <ul>
          {of.map(({ path, reason }) => (
            <li key={path}>
              <strong>{path}</strong> {say(reason)}
            </li>
          ))}
        </ul>
      </section>
    </details>
  );
}
