import { fromKerasConfig } from './keras-config/from-keras-config.js';
import { thrown } from './test-support/failure.js';
import { refusedModels } from './test-support/keras-files.js';

const oneAfterAnother = 'Supported are layers that follow one another';

test.each<[string, string, string]>([
  ['branches', 'unsupported-model', 'has a layer with several inputs, sum'],
  ['two-inputs', 'unsupported-model', 'has several inputs'],
  ['two-outputs', 'unsupported-model', 'has the outputs branch, head'],
  ['shared-layer', 'unsupported-model', 'uses layer twice 2 times'],
  ['training-argument', 'unsupported-model', 'calls layer norm with training'],
  ['unknown-size', 'unsupported-model', 'inputs of unknown size ([null,null,null,3])'],
  ['no-input', 'unsupported-model', 'inputs of unknown size (none)'],
  [
    'lstm',
    'unsupported-layer',
    'Layer memory is of the type LSTM, which is not supported. Supported are Dense, Conv2D',
  ],
  ['nested', 'unsupported-layer', 'Layer inner is of the type Sequential'],
  ['rescaling', 'unsupported-layer', 'Layer scale is of the type Rescaling'],
  ['dilation', 'unsupported-layer', 'Layer wide (Conv2D) has dilation_rate [2,2]'],
  ['groups', 'unsupported-layer', 'Layer grouped (Conv2D) has groups 3'],
  ['channels-first', 'unsupported-layer', 'Layer pool (MaxPooling2D) has data_format "channels_first"'],
  ['axis', 'unsupported-layer', 'Layer norm (BatchNormalization) has axis 1'],
  [
    'activation',
    'unsupported-layer',
    'Layer swish (Dense) has activation "hard_silu", which is not supported. Supported: l',
  ],
  ['inner-softmax', 'unsupported-layer', 'Layer soft (Dense) has the activation softmax within the model'],
])('what Keras can and wellfit cannot: %s', (name, code, message) => {
  const attempt = () => fromKerasConfig(refusedModels[name]);
  expect(attempt).toThrow(thrown(code, message));
  if (code === 'unsupported-model') expect(attempt).toThrow(oneAfterAnother);
});
