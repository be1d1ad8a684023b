import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { batchNormalisationGradient } from './batch-normalisation-gradient';

/**
 * The gradients of TensorFlow.js, with one of our own in the place of a slow one. To be imported where operations are
 * differentiated by its tape: in training and in the self-test. Explaining a network needs none of them.
 */
tf.registerGradient(batchNormalisationGradient);
