/** The order of the columns that wellfit itself logs; others follow in the order in which they appear. */
export const knownLogs: readonly string[] = [
  'loss',
  'accuracy',
  'val_loss',
  'val_accuracy',
  'data_loss',
  'val_data_loss',
  'penalty',
  'train_loss',
  'train_accuracy',
];
