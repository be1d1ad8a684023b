import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { isInputMethod, saliencyMethodNames } from '../../../saliency/method-names';
import { useExplain, useStillSettings } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { storyFacts } from '../story/story-facts';
import { figureReadings, type ReadFigure } from './figure-readings';

/** What a figure shows of this picture, as far as it is measured. */
export function ReadingText({ figure }: { figure: ReadFigure }) {
  const settings = useStillSettings();
  const state = useExplain(
    useShallow(({ analysis, picture, measurement, signs, nullSigns, weights, networkName }) => ({
      ...{ analysis, picture, measurement, signs, nullSigns, weights },
      ...(networkName !== undefined && { networkName }),
    })),
  );
  const text = useMemo(() => {
    const facts = state.measurement && storyFacts({ ...state, settings, layer: null });
    return facts && figureReadings[figure](facts);
  }, [state, settings, figure]);
  return (
    <span>
      {text}
      {figure === 'layers' && text && settings.view === 'concepts' && !isInputMethod(settings.method) && (
        <>
          {' '}
          {say('The strip keeps the maps of {method}: concepts are found a layer at a time.', {
            method: saliencyMethodNames[settings.method],
          })}
        </>
      )}
    </span>
  );
}
