import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useExplain, useStillSettings } from '../../../state/explain-store';
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
  return <span>{text}</span>;
}
