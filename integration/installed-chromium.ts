import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium to test with (Debian: `apt-get install chromium`); `WELLFIT_CHROMIUM` names one elsewhere. */
export function installedChromium(): string | undefined {
  return process.env.WELLFIT_CHROMIUM ?? places.find((path) => existsSync(path));
}
