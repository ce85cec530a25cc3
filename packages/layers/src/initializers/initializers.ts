import { constant } from './constant.js';
import { glorotNormal } from './glorot-normal.js';
import { glorotUniform } from './glorot-uniform.js';
import { heNormal } from './he-normal.js';
import { heUniform } from './he-uniform.js';
import { lecunNormal } from './lecun-normal.js';
import { lecunUniform } from './lecun-uniform.js';
import { ones } from './ones.js';
import { orthogonal } from './orthogonal.js';
import { randomNormal } from './random-normal.js';
import { randomUniform } from './random-uniform.js';
import { truncatedNormal } from './truncated-normal.js';
import { zeros } from './zeros.js';

/** All initializers by name. */
export const initializers = {
  constant,
  'glorot-normal': glorotNormal,
  'glorot-uniform': glorotUniform,
  'he-normal': heNormal,
  'he-uniform': heUniform,
  'lecun-normal': lecunNormal,
  'lecun-uniform': lecunUniform,
  ones,
  orthogonal,
  'random-normal': randomNormal,
  'random-uniform': randomUniform,
  'truncated-normal': truncatedNormal,
  zeros,
} as const;
