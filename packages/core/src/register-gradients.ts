/**
 * Loads what registers TensorFlow.js' gradients: `@tensorflow/tfjs-core` registers none under Node, and its own file
 * that does cannot be imported there. Nothing else of tfjs-layers is used.
 */
import '@tensorflow/tfjs-layers';
