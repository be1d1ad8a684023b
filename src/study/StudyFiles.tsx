import * as Menu from '@radix-ui/react-dropdown-menu';
import { useRef } from 'react';
import { filesOf } from '../explain/open';
import { exportStudy, openStudyFile, type StudyKind, studyKinds } from './study-files';
import { useStudy } from './study-store';

/** Opens and saves whole studies. */
export function StudyFiles() {
  const study = useStudy((state) => state.study);
  const running = useStudy((state) => state.running);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="buttons">
      <button type="button" disabled={running !== null} onClick={() => picker.current?.click()}>
        Open study
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".gz,.json,.parquet"
        data-picker="study"
        onChange={({ target }) => {
          const [file] = filesOf([...(target.files ?? [])]);
          if (file) void openStudyFile(file);
          target.value = '';
        }}
      />
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
