import type { Json } from '@wellfit/core';

/** A value within plain data, and the keys that lead there. */
export interface Leaf {
  /** Joined by dots: `model.units`. */
  readonly path: string;
  readonly value: Json;
}

/** The values of plain data: maps are gone into, lists and what else there is stay whole. An empty map is a value. */
export function flattenJson(data: Json, path: readonly string[] = []): Leaf[] {
  const isMap = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!isMap || Object.keys(data).length === 0) return [{ path: path.join('.'), value: data }];
  return Object.entries(data).flatMap(([key, value]) => flattenJson(value, [...path, key]));
}

/** A value as a person would write it: text without quotes, everything else as JSON. */
export function leafText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
