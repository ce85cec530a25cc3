/** Puts the licence into the package that is being packed: npm takes it only from the package's own folder. */
import { copyFileSync } from 'node:fs';

copyFileSync(new URL('../LICENSE', import.meta.url), 'LICENSE');
