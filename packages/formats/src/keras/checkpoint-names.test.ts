import { checkpointNames } from './checkpoint-names.js';

test('numbers layers per class, from the second on', () => {
  const classes = [
    'Conv2D',
    'BatchNormalization',
    'Conv2D',
    'MaxPooling2D',
    'Dense',
    'Conv2D',
    'GaussianNoise',
  ];
  expect(checkpointNames(classes)).toEqual([
    'conv2d',
    'batch_normalization',
    'conv2d_1',
    'max_pooling2d',
    'dense',
    'conv2d_2',
    'gaussian_noise',
  ]);
});
