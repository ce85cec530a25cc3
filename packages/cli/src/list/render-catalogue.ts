import type { JsonSchema } from '@wellfit/core';
import type { CatalogueEntry } from './catalogue.js';

/** The catalogue as text: kinds, below them names with descriptions, below those the options. */
export function renderCatalogue(entries: readonly CatalogueEntry[]): string {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const own = entries.filter((entry) => entry.kind === kind);
      return [kind, ...own.flatMap(renderEntry)].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

function renderEntry({ name, description, options }: CatalogueEntry): string[] {
  const [first, ...more] = description.split('\n');
  return [
    `  ${name}${first ? `  ${first}` : ''}`,
    ...more.map((line) => `      ${line.trim()}`),
    ...(options ? renderOptions(options) : []),
  ];
}

/** One line an option; a plugin that takes a plain value says so first. */
function renderOptions(schema: JsonSchema): string[] {
  const branches = schema.anyOf ?? [schema];
  return branches.flatMap((branch) => {
    if (!branch.properties) return isEmpty(branch) ? [] : [`      ${typeText(branch)}${note(branch)}`];
    return Object.entries(branch.properties).map(
      ([key, option]) => `      ${key}: ${typeText(option)}${note(option)}`,
    );
  });
}

function isEmpty(schema: JsonSchema): boolean {
  return 'not' in schema || Object.keys(schema).length === 0;
}

function note({ default: preset, description }: JsonSchema): string {
  const byDefault = preset === undefined ? '' : ` (default ${JSON.stringify(preset)})`;
  return `${byDefault}${typeof description === 'string' ? `. ${description}` : ''}`;
}

/** The kind of value in a few words, with its limits. */
function typeText(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(typeText).join(' or ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return [schema.type === 'integer' ? 'whole number' : 'number', ...limits(schema)].join(' ');
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list of ${schema.items ? typeText(schema.items as JsonSchema) : 'anything'}`;
    case 'object':
      return 'map';
    case 'null':
      return 'null';
    default:
      return Array.isArray(schema.type) ? schema.type.join(' or ') : 'anything';
  }
}

function limits({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string[] {
  // Every whole number has these limits; they say nothing about the option.
  const shown = (limit: unknown): limit is number =>
    typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  return [
    ...(shown(minimum) ? [`from ${minimum}`] : []),
    ...(shown(exclusiveMinimum) ? [`above ${exclusiveMinimum}`] : []),
    ...(shown(maximum) ? [`to ${maximum}`] : []),
    ...(shown(exclusiveMaximum) ? [`below ${exclusiveMaximum}`] : []),
  ];
}
