import type { Operators } from '../graph-importer';
import { arithmetic } from './arithmetic';
import { choices } from './choices';
import { forms } from './forms';
import { products } from './products';
import { windows } from './windows';

/** Operations of TensorFlow by name, on what depends on the picture and on what does not. */
export const operators: Operators = { ...arithmetic, ...choices, ...forms, ...products, ...windows };
