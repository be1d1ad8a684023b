import * as Menu from '@radix-ui/react-dropdown-menu';
import { useState } from 'react';
import { Choice } from './fields';
import {
  exportKeras,
  exportLayersModel,
  exportReport,
  foundNetwork,
  openIn,
  type ResultId,
  trainedNetwork,
} from './result';
import { useSearch } from './search-store';
import { useTraining } from './training-store';

/** Where a trained network goes from here. */
export function Out() {
  const trained = useTraining((state) => trainedNetwork(state) !== null);
  const tested = useTraining(
    ({ weights, history }) => weights?.evaluation != null && history.steps.length > 0,
  );
  const found = useSearch((state) => foundNetwork(state) !== null);
  const [wanted, setWanted] = useState<ResultId>('trained');
  if (!trained && !found) return null;
  const both = trained && found;
  const id: ResultId = both ? wanted : trained ? 'trained' : 'found';
  return (
    <section className="out" aria-label="Trained network">
      {both && (
        <Choice<ResultId>
          label="Network"
          value={id}
          options={[
            { value: 'trained', title: 'Trained' },
            { value: 'found', title: 'Best of the search' },
          ]}
          onChange={setWanted}
        />
      )}
      <Menu.Root modal={false}>
        <Menu.Trigger asChild>
          <button type="button">Export network</button>
        </Menu.Trigger>
        <Menu.Portal container={document.querySelector('main')}>
          <Menu.Content className="menu" align="end" sideOffset={4}>
            <Menu.Item onSelect={() => void exportLayersModel(id)}>TensorFlow.js LayersModel</Menu.Item>
            <Menu.Item onSelect={() => void exportKeras(id)}>Keras file</Menu.Item>
            {id === 'trained' && (
              <>
                <Menu.Item disabled={!tested} onSelect={() => void exportReport('text')}>
                  Training report
                </Menu.Item>
                <Menu.Item disabled={!tested} onSelect={() => void exportReport('json')}>
                  Training report, JSON
                </Menu.Item>
              </>
            )}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      <button type="button" onClick={() => void openIn(id, 'explain')}>
        Use in Explain
      </button>
      <button type="button" onClick={() => void openIn(id, 'study')}>
        Use in Study
      </button>
    </section>
  );
}
