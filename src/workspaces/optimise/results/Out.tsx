import { useState } from 'react';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { MenuButton } from '../../../ui/MenuButton';
import css from '../optimise.module.css';
import { useSearch } from '../search/search-store';
import { useTraining } from '../training/training-store';
import {
  exportKeras,
  exportLayersModel,
  exportOnnx,
  exportReport,
  foundNetwork,
  openIn,
  type ResultId,
  trainedNetwork,
} from './trained-result';

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
    <section className={css.out} aria-label={say('Trained network')}>
      {both && (
        <Choice<ResultId>
          label={say('Network')}
          value={id}
          options={[
            { value: 'trained', title: say('Trained') },
            { value: 'found', title: say('Best of the search') },
          ]}
          onChange={setWanted}
        />
      )}
      <MenuButton
        title={say('Export network')}
        items={[
          { title: 'TensorFlow.js LayersModel', onSelect: () => void exportLayersModel(id) },
          { title: say('Keras file'), onSelect: () => void exportKeras(id) },
          { title: say('ONNX file'), onSelect: () => void exportOnnx(id) },
          ...(id === 'trained' ? reports(tested) : []),
        ]}
      />
      <button type="button" onClick={() => void openIn(id, 'explain')}>
        {say('Use in Explain')}
      </button>
      <button type="button" onClick={() => void openIn(id, 'study')}>
        {say('Use in Study')}
      </button>
    </section>
  );
}

const reports = (tested: boolean) => [
  { title: say('Training report'), disabled: !tested, onSelect: () => void exportReport('text') },
  { title: say('Training report, JSON'), disabled: !tested, onSelect: () => void exportReport('json') },
];
