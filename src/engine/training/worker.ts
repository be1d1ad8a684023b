import { serve } from '../serve';
import { exportHandlers } from './export/handlers';
import type { TrainingWorkerMethods } from './protocol';
import { createSearcher } from './search/handlers';
import { createTrainer } from './trainer';

serve<TrainingWorkerMethods>({ ...createTrainer(), ...createSearcher(), ...exportHandlers });
