import { isWellfitError, type Named, type PluginFactory } from '@wellfit/core';

/** Factories by plugin name, as every plugin package exports them; `never` admits options of any type. */
export type PluginRecord<P extends Named> = Readonly<Record<string, PluginFactory<P, never>>>;

/** What the contract suites need to know of a plugin. */
export interface PluginContract {
  /** Options that the plugin must refuse; at least one. */
  readonly badOptions: readonly unknown[];
}

/**
 * Finds a factory in its package's record.
 *
 * @throws Error where the record has no such key.
 */
export function factoryNamed<P extends Named>(
  record: PluginRecord<P>,
  name: string,
): (options?: unknown) => P {
  const factory = record[name];
  if (!factory) throw new Error(`no "${name}" in the record, which has: ${Object.keys(record).join(', ')}`);
  return (options) => factory(options as never);
}

/**
 * Contract suite: what every plugin of wellfit must satisfy, of whatever kind. Call inside `describe` or at the top
 * of a test file.
 *
 * @param record The factories that the package exports.
 * @param name The plugin's key in it.
 */
export function describePlugin<P extends Named>(
  record: PluginRecord<P>,
  name: string,
  { badOptions }: PluginContract,
): void {
  test('has one kebab-case name: in the record, in its metadata and on what it makes', () => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(record[name]?.plugin?.name).toBe(name);
    expect(factoryNamed(record, name)().name).toBe(name);
  });

  test('describes itself in one sentence', () => {
    expect(record[name]?.plugin?.description).toMatch(/^[A-Z].*\.$/);
  });

  test.each(badOptions.map((options) => [describeValue(options), options]))(
    'refuses the options %s',
    (_, options) => {
      let caught: unknown;
      try {
        factoryNamed(record, name)(options);
      } catch (error) {
        caught = error;
      }
      if (!isWellfitError(caught)) throw new Error('expected a WellfitError');
      expect(caught.code).toBe('bad-option');
      expect(caught.message).toContain(name);
    },
  );
}

/** As JSON, except that NaN and the infinities stay what they are. */
function describeValue(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  );
}
