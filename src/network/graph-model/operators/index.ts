import type { Operators } from '../graph-importer';
import { forms } from './form-operators';
import { products } from './matrix-operators';
import { arithmetic } from './number-operators';
import { choices } from './place-operators';
import { windows } from './window-operators';

/** Operations of TensorFlow by name, on what depends on the picture and on what does not. */
export const operators: Operators = { ...arithmetic, ...choices, ...forms, ...products, ...windows };
