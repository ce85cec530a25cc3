import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A model that Keras has saved, and what it predicts there. */
export interface KerasModel {
  readonly inputShape: number[];
  readonly inputs: number[];
  readonly predictions: number[];
  /** Gzipped, base64, by extension. */
  readonly files: Readonly<Record<'h5' | 'keras', string>>;
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./keras-${name}.fixture.json`, import.meta.url), 'utf8'));

/** Models by name, made by `tools/reference/keras-models.py`. */
export const kerasModels = { cnn: fixture('cnn') as KerasModel, chain: fixture('chain') as KerasModel };

/** Architectures that cannot be loaded, as Keras describes them. */
export const refusedModels = fixture('refused') as Record<string, object>;

/** A file as Keras wrote it. */
export const kerasFile = (model: keyof typeof kerasModels, extension: 'h5' | 'keras'): Buffer =>
  gunzipSync(Buffer.from(kerasModels[model].files[extension], 'base64'));
