export { checkGradient, type CheckGradientOptions } from './check-gradient.js';
export { describeCallback, type CallbackContract } from './describe-callback.js';
export { describePlugin, type PluginContract, type PluginRecord } from './describe-plugin.js';
export { describeRegularizer, type RegularizerContract } from './describe-regularizer.js';
export { expectNoLeak } from './expect-no-leak.js';
export { optimizerCases } from './optimizer-cases.js';
export { playEvents, SCRIPTED_LEARNING_RATE, scriptedRun, type AnsweredCommand } from './scripted-run.js';
export { useBackend } from './use-backend.js';
