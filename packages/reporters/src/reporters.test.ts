import { reporters } from './reporters.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();

test('each reporter has the name it is listed by, works without options and describes itself', () => {
  for (const [name, factory] of Object.entries(reporters)) {
    expect(factory(undefined, host()).name).toBe(name);
    expect(factory.plugin).toMatchObject({ kind: 'reporter', name });
    expect(factory.plugin.description).toMatch(/^[A-Z].*\.$/);
  }
});
