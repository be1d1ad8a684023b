import type { Colour } from './colour';
import type { Dice } from './dice';
import type { Path } from './path';
import type { Paint } from './surface';
import type { Texture } from './texture';

/** The colours an object is made of, the same kinds of them for every class. */
export interface ObjectColours {
  /** Large areas. */
  readonly main: Colour;
  readonly second: Colour;
  readonly third: Colour;
  /** Small areas that catch the eye. */
  readonly accent: Colour;
  readonly dark: Colour;
  readonly light: Colour;
}

/**
 * What an object is drawn with. Objects are drawn in units of their own, about -1 to 1 in both directions with y downwards;
 * scale, turn, place and light are the scene's.
 */
export interface Brush {
  readonly dice: Dice;
  readonly colours: ObjectColours;
  /** Paints one piece of the named part over what is there. */
  part(name: string, path: Path, paint: Paint | Colour): void;
  /** Paint for a large area: the colour, now and then with a texture. */
  material(colour: Colour): Paint;
  texture(kind: Texture['kind'], colour: Colour, period: number, amount: number): Texture;
}
