/**
 * Under which name Keras 3 keeps the weights of each layer in a `.keras` file: its class in snake case, numbered per
 * class from the second on (`dense`, `dense_1`, `batch_normalization`), whatever the layer itself is called.
 */
export function checkpointNames(classNames: readonly string[]): string[] {
  const used = new Map<string, number>();
  return classNames.map((className) => {
    const name = snakeCase(className);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** `MaxPooling2D` is `max_pooling2d`, `Conv2D` is `conv2d`. */
function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
