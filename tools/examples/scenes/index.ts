import type { Scene } from '../renderer/scene';
import { golfBallScene } from './golf-ball';
import { parachuteScene } from './parachute';

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
];
