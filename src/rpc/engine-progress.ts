/** Progress of long work: what is going on, and how far (0..1) where that is known. */
export interface EngineProgress {
  text: string;
  fraction: number | null;
}
