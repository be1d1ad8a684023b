import type { Brush } from '../drawing/brush';
import { drawBicycle } from './bicycle';
import { drawCar } from './car';
import { drawClock } from './clock';
import { drawFace } from './face';
import { drawFish } from './fish';
import { drawFlower } from './flower';
import { drawHouse } from './house';
import { drawRobot } from './robot';
import { drawSailboat } from './sailboat';
import { drawTree } from './tree';

/** What each class is drawn by, in the order of the labels. */
export const objects = {
  face: drawFace,
  house: drawHouse,
  car: drawCar,
  sailboat: drawSailboat,
  tree: drawTree,
  fish: drawFish,
  clock: drawClock,
  bicycle: drawBicycle,
  robot: drawRobot,
  flower: drawFlower,
} as const satisfies Record<string, (brush: Brush) => void>;
