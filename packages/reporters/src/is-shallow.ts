/** No file of wellfit comes near, and no walk over what was read is endangered. */
const DEEPEST = 200;

/** Whether plain data is nested no deeper than wellfit writes: whoever walks deeper data runs out of stack. */
export function isShallow(data: unknown): boolean {
  let level: unknown[] = [data];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return true;
  }
  return false;
}
