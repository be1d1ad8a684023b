import { journeysIn } from './journeys-in';

journeysIn('webkit');
