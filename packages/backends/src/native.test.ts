import { installedPackage } from './installed-package.js';
import { native } from './native.js';

const missing = installedPackage('@tensorflow/tfjs-node') ? test.skip : test;

missing('where tfjs-node is not installed, probe and activation say in one line how to get it', async () => {
  const { available, detail } = await native().probe();
  expect(available).toBe(false);
  expect(detail).toMatch(/^not installed: npm install @tensorflow\/tfjs-node@4\.22\.0/);
  expect(detail).not.toContain('\n');
  await expect(native().activate()).rejects.toMatchObject({ code: 'backend-missing' });
});
