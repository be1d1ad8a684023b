/** Gradients of TensorFlow.js' operations, which training needs and the engine's own networks do not. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
