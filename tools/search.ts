// npm run search: `npx supersign search` by itself, with plain messages.
import { runAlone } from './training/run-alone';
import { searchCommand, searchUsage } from './training/search-command';

await runAlone(searchCommand, searchUsage);
