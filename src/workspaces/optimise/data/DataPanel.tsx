import { useRef } from 'react';
import { filesOf } from '../../../files/named-file';
import { counted } from '../../../text/counted';
import { Choice } from '../../../ui/fields';
import css from '../optimise.module.css';
import { change, openImages } from '../optimise-controller';
import { useOptimise } from '../optimise-store';
import { NumberSetting } from '../training/SettingField';
import { ContactSheet } from './ContactSheet';

/** What the network is trained on. */
export function DataPanel({ busy }: { busy: boolean }) {
  const data = useOptimise((state) => state.settings.data);
  return (
    <fieldset className={css.panel} disabled={busy}>
      <legend>Data</legend>
      <Choice
        label="Training data"
        value={data}
        options={[
          { value: 'pictographs', title: 'Pictographs' },
          { value: 'images', title: 'Images' },
        ]}
        onChange={(next) => change({ data: next })}
      />
      {data === 'pictographs' ? (
        <>
          <p className={css.about}>
            A drawn world without end: ten classes, each of named parts in varied light and clutter.
          </p>
          <ContactSheet />
          <div className={css.pair}>
            <NumberSetting setting="train" label="Scenes to train on" />
            <NumberSetting setting="heldOut" label="Scenes held out" />
          </div>
          <NumberSetting setting="dataSeed" label="Seed of the world" />
        </>
      ) : (
        <>
          <ImagePicker />
          <div className={css.pair}>
            <NumberSetting setting="heldOutShare" label="Share held out" />
            <NumberSetting setting="dataSeed" label="Seed of the split" />
          </div>
        </>
      )}
    </fieldset>
  );
}

function ImagePicker() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const images = useOptimise((state) => state.images);
  const opening = useOptimise((state) => state.opening);
  const take = (input: HTMLInputElement) => {
    void openImages(filesOf([...(input.files ?? [])]));
    input.value = '';
  };
  return (
    <>
      <p className={css.about}>
        Drop a folder, or a zip archive, with a folder of pictures for every class. Folders named train and
        val above them are taken as the split.
      </p>
      <div className={css.buttons}>
        <button type="button" onClick={() => folder.current?.click()}>
          Open folder
        </button>
        <button type="button" onClick={() => files.current?.click()}>
          Open zip archive
        </button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        data-picker="training-folder"
        // React knows no such attribute by type, browsers do.
        {...{ webkitdirectory: '' }}
        onChange={(event) => take(event.target)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept=".zip,image/*"
        data-picker="training-images"
        onChange={(event) => take(event.target)}
      />
      {opening && <p className={css.about}>Looking through the pictures …</p>}
      {images && !opening && <Summary />}
    </>
  );
}

function Summary() {
  const images = useOptimise((state) => state.images);
  if (!images) return null;
  const { name, summary } = images;
  const { classes, splits, refused, problem } = summary;
  const most = Math.max(1, ...classes.map(({ pictures }) => pictures));
  const total = classes.reduce((sum, { pictures }) => sum + pictures, 0);
  return (
    <section className={css.summary} aria-label="Pictures by class">
      <p>
        <strong>{name}</strong>: {counted(total, 'picture')} of {counted(classes.length, 'class', 'classes')}
        {splits.length > 0 ? `, split into ${splits.join(' and ')}` : ''}.
      </p>
      {problem !== null && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
      <ul className={css.classes}>
        {classes.map(({ folder, pictures }) => (
          <li key={folder}>
            <span title={folder}>{folder}</span>
            <span className={css.bar} aria-hidden="true">
              <span style={{ width: `${(100 * pictures) / most}%` }} />
            </span>
            <span className={css.number}>{pictures.toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <details>
          <summary>
            {refused.length} {refused.length === 1 ? 'file' : 'files'} left out
          </summary>
          <ul className={css.refused}>
            {refused.slice(0, 200).map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code> {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
