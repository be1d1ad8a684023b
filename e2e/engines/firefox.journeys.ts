import { journeysIn } from './journeys-in';

journeysIn('firefox');
