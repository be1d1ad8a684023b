import type { SearchMethods } from '../search/search-methods';
import type { ExportMethods } from '../training/export/export-methods';
import type { TrainingMethods } from '../training/training-methods';

/** All that the training worker answers: about one training, one search, and files. */
export type TrainingWorkerMethods = TrainingMethods & SearchMethods & ExportMethods;
