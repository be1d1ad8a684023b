import type { Scene } from '../renderer/scene';
import { cassettePlayerScene } from './cassette-player';
import { chainSawScene } from './chain-saw';
import { churchScene } from './church';
import { frenchHornScene } from './french-horn';
import { garbageTruckScene } from './garbage-truck';
import { gasPumpScene } from './gas-pump';
import { golfBallScene } from './golf-ball';
import { parachuteScene } from './parachute';
import { tenchScene } from './tench';

/** An example picture of the product: what it shows, and how it is drawn. */
export interface Example {
  id: string;
  title: string;
  /** What the picture shows, for those who do not see it. */
  description: string;
  /** The network's name of the class. */
  label: string;
  scene: () => Scene;
}

/** In the order in which the product offers them. */
export const EXAMPLES: Example[] = [
  {
    id: 'french-horn',
    title: 'French horn',
    description: 'A polished brass French horn, its coils and wide bell shining before a red stage curtain.',
    label: 'French horn',
    scene: frenchHornScene,
  },
  {
    id: 'golf-ball',
    title: 'Golf ball',
    description: 'A white golf ball in the grass, its dimples drawn by the low evening sun.',
    label: 'golf ball',
    scene: golfBallScene,
  },
  {
    id: 'parachute',
    title: 'Parachute',
    description:
      'A round parachute, striped red, white and blue, carries a jumper through a blue sky with white clouds.',
    label: 'parachute',
    scene: parachuteScene,
  },
  {
    id: 'church',
    title: 'Church',
    description: 'A stone church with a slate spire in the last sun, warm light in its pointed windows.',
    label: 'church',
    scene: churchScene,
  },
  {
    id: 'gas-pump',
    title: 'Gas pump',
    description:
      'An old red gas pump with chrome trim, a white globe and a black hose, on the island of a small station.',
    label: 'gas pump',
    scene: gasPumpScene,
  },
  {
    id: 'cassette-player',
    title: 'Cassette player',
    description:
      'A silver portable cassette player with two loudspeakers, a cassette in its window, on a wooden table.',
    label: 'cassette player',
    scene: cassettePlayerScene,
  },
  {
    id: 'garbage-truck',
    title: 'Garbage truck',
    description:
      'A garbage truck with a white cab and a green body, parked on a street with brick houses and trees.',
    label: 'garbage truck',
    scene: garbageTruckScene,
  },
  {
    id: 'chain-saw',
    title: 'Chain saw',
    description: 'An orange chain saw with black handles on a freshly cut tree stump at the edge of a wood.',
    label: 'chain saw',
    scene: chainSawScene,
  },
  {
    id: 'tench',
    title: 'Tench',
    description:
      'A tench, an olive and golden fish with a small orange eye, lying in wet grass beside a fishing rod.',
    label: 'tench',
    scene: tenchScene,
  },
];
