// npm run train: `npx supersign train` by itself, with plain messages.
import { runAlone } from './training/run-alone';
import { trainCommand, trainUsage } from './training/train-command';

await runAlone(trainCommand, trainUsage);
