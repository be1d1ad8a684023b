import { useRef } from 'react';
import { filesOf, type NamedFile } from '../../../files/named-file';
import { type StudyKind, studyKinds } from '../../../study/file/files-protocol';
import { say } from '../../../text/say';
import { MenuButton } from '../../../ui/MenuButton';
import { useStudy } from '../run/study-store';
import css from '../study.module.css';
import { exportStudy, openStudyFile } from './study-files';

/** A button that picks the file of a study. */
export function StudyPicker({
  title,
  disabled,
  open,
}: {
  title: string;
  disabled: boolean;
  open(file: NamedFile): Promise<void>;
}) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" disabled={disabled} onClick={() => picker.current?.click()}>
        {title}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".gz,.json,.parquet"
        data-picker={title}
        onChange={({ target }) => {
          const [file] = filesOf([...(target.files ?? [])]);
          if (file) void open(file);
          target.value = '';
        }}
      />
    </>
  );
}

/** Opens and saves whole studies. */
export function StudyFiles() {
  const study = useStudy((state) => state.study);
  const running = useStudy((state) => state.running);
  return (
    <div className={css.buttons}>
      <StudyPicker title={say('Open study')} disabled={running !== null} open={openStudyFile} />
      <MenuButton
        title={say('Export study')}
        align="start"
        disabled={!study || study.images.length === 0}
        items={(Object.keys(studyKinds) as StudyKind[]).map((kind) => ({
          title: say(studyKinds[kind]),
          onSelect: () => study && void exportStudy(study, kind),
        }))}
      />
    </div>
  );
}
