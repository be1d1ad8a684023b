import { serve } from '../rpc/serve';
import { createSearcher } from '../search/search-handlers';
import { exportHandlers } from '../training/export/export-handlers';
import { createTrainer } from '../training/trainer';
import type { TrainingWorkerMethods } from './training-worker-methods';

serve<TrainingWorkerMethods>({ ...createTrainer(), ...createSearcher(), ...exportHandlers });
