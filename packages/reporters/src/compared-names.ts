/** The words for the numbers that arms are compared by; others go by their keys. */
const names: Readonly<Record<string, string>> = {
  lowest_val_data_loss: 'lowest validation loss',
  peak_val_accuracy: 'peak validation accuracy',
  final_val_data_loss: 'final validation loss',
};

/** How a compared number is called in sentences and tables. */
export function comparedName(number: string): string {
  return Object.hasOwn(names, number) ? names[number] : number;
}
