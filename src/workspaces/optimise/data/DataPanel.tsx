import { useRef } from 'react';
import { filesOf } from '../../../files/named-file';
import { counted } from '../../../text/counted';
import { listed } from '../../../text/listed';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { Said } from '../../../ui/Said';
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
      <legend>{say('Data')}</legend>
      <Choice
        label={say('Training data')}
        value={data}
        options={[
          { value: 'pictographs', title: say('Pictographs') },
          { value: 'images', title: say('Images') },
        ]}
        onChange={(next) => change({ data: next })}
      />
      {data === 'pictographs' ? (
        <>
          <p className={css.about}>
            {say('A drawn world without end: ten classes, each of named parts in varied light and clutter.')}
          </p>
          <ContactSheet />
          <div className={css.pair}>
            <NumberSetting setting="train" label={say('Scenes to train on')} />
            <NumberSetting setting="heldOut" label={say('Scenes held out')} />
          </div>
          <NumberSetting setting="dataSeed" label={say('Seed of the world')} />
        </>
      ) : (
        <>
          <ImagePicker />
          <div className={css.pair}>
            <NumberSetting setting="heldOutShare" label={say('Share held out')} />
            <NumberSetting setting="dataSeed" label={say('Seed of the split')} />
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
        {say(
          'Drop a folder, or a zip archive, with a folder of pictures for every class. Folders named train and val above them are taken as the split.',
        )}
      </p>
      <div className={css.buttons}>
        <button type="button" onClick={() => folder.current?.click()}>
          {say('Open folder')}
        </button>
        <button type="button" onClick={() => files.current?.click()}>
          {say('Open zip archive')}
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
      {opening && <p className={css.about}>{say('Looking through the pictures …')}</p>}
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
    <section className={css.summary} aria-label={say('Pictures by class')}>
      <p>
        <Said
          text={
            splits.length > 0
              ? '<name>{name}</name>: {pictures} of {classes}, split into {splits}.'
              : '<name>{name}</name>: {pictures} of {classes}.'
          }
          parts={{
            name: () => <strong>{name}</strong>,
            pictures: counted(total, 'picture'),
            classes: counted(classes.length, 'class', 'classes'),
            splits: listed(splits),
          }}
        />
      </p>
      {problem !== null && (
        <p className={css.problem} role="alert">
          {say(problem)}
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
            {refused.length === 1
              ? say('1 file left out')
              : say('{refused} files left out', { refused: refused.length })}
          </summary>
          <ul className={css.refused}>
            {refused.slice(0, 200).map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code> {say(reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
