import * as Menu from '@radix-ui/react-dropdown-menu';
import { useRef } from 'react';
import { filesOf, type NamedFile } from '../files/named-file';
import { type StudyKind, studyKinds } from './files-protocol';
import { exportStudy, openStudyFile } from './study-files';
import { useStudy } from './study-store';

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
    <div className="buttons">
      <StudyPicker title="Open study" disabled={running !== null} open={openStudyFile} />
      <Menu.Root modal={false}>
        <Menu.Trigger asChild>
          <button type="button" disabled={!study || study.images.length === 0}>
            Export study
          </button>
        </Menu.Trigger>
        <Menu.Portal container={document.querySelector('main')}>
          <Menu.Content className="menu" align="start" sideOffset={4}>
            {(Object.keys(studyKinds) as StudyKind[]).map((kind) => (
              <Menu.Item key={kind} onSelect={() => study && void exportStudy(study, kind)}>
                {studyKinds[kind]}
              </Menu.Item>
            ))}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
