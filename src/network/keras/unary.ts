import { counted } from '../../text/counted';
import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { type Argument, Read } from './calls';
import type { LayerConfig } from './layer-config';
import type { Parts, Steps } from './steps';

type Spec = OperationSpec<Weight>;

/** What a function is read as. */
export type Translation = Spec | Spec[] | Steps | Parts;

export type Translate = (layer: LayerConfig, operands: readonly Argument[]) => Translation;

/** A function of one tensor. */
export const unary =
  (translate: (layer: LayerConfig) => Translation): Translate =>
  (layer, operands) => {
    if (operands.length !== 1 || !(operands[0] instanceof Read)) {
      throw layer.fail(
        `is given ${counted(operands.length, 'operand')}, of which one, a tensor, can be read.`,
      );
    }
    return translate(layer);
  };
