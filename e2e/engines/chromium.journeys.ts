import { journeysIn } from './journeys-in';

// What the other journeys show, the end-to-end tests beside this folder show in Chromium.
journeysIn('chromium', [
  'the same maps with one thread and with several',
  'a thread that sticks in the middle of an analysis is done without',
]);
