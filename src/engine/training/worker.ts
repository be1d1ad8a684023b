import { serve } from '../serve';
import type { TrainingMethods } from './protocol';
import { createTrainer } from './trainer';

serve<TrainingMethods>(createTrainer());
