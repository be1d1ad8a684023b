import { hold, remember } from './kept-runs';

/** The one training that this tab has for itself, so that no other tab goes on with it too. */
export function createTrainingClaim() {
  let claim: { id: string; release(): void } | null = null;
  const giveUp = () => {
    claim?.release();
    claim = null;
  };
  return {
    has: (id: string) => claim?.id === id,
    /** @throws ClaimedError where another tab has it */
    async take(id: string): Promise<void> {
      if (claim?.id === id) return;
      giveUp();
      claim = { id, release: await hold('training', id) };
      remember('training', id);
    },
    giveUp,
  };
}
