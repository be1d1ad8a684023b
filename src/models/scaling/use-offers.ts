import { useMemo } from 'react';
import { scalingsFor } from '../../network/scaling/chosen-scaling';
import { useExplain } from '../../state/explain-store';
import { useScalingTrials } from '../../state/scaling-store';
import { answerInWords, type ScalingOffer, scalingOffers } from './scaling-words';

/** The scalings to choose from for the picture on screen; what the one in use gives is known at once. */
export function useOffers(): ScalingOffer[] {
  const analysis = useExplain((state) => state.analysis);
  const trials = useScalingTrials((state) => state.trials);
  return useMemo(() => {
    if (!analysis) return [];
    const answers = new Map(trials?.map(({ scaling, answers: [answer] }) => [scaling, answer] as const));
    return scalingOffers(scalingsFor(analysis.network.inputShape[2]), analysis, (scaling) =>
      answerInWords(scaling === analysis.scaling?.name ? analysis.predictions[0] : answers.get(scaling)),
    );
  }, [analysis, trials]);
}
