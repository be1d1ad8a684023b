import { useStore } from 'zustand';
import type { ExplainState } from '../../../state/explain-store';
import { drawingTurns } from './drawing-turns';

/** The state when all of it is drawn: what is drawn one after the other is first seen together, when none of it moves any more. */
export const useAllDrawn = <Part>(select: (state: ExplainState) => Part): Part =>
  useStore(drawingTurns.of('ready'), select);
