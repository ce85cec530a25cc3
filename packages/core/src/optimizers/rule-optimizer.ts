import { fill, scalar, tidy, variable, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../contracts/optimizer.js';
import { CoreError } from '../errors.js';
import { checkedLearningRate } from './learning-rate.js';
import { hasKernel, runInPlace } from '../kernels/backend-kernel.js';
import { ownData } from '../kernels/own-data.js';
import type { UpdateRule } from './update-rule.js';

/** An optimizer made of an update rule: it keeps the slots, counts the steps and owns both. */
export class RuleOptimizer<Slots extends object, Constants extends object> implements Optimizer {
  readonly name: string;
  #learningRate: number;
  #variables: readonly Variable[] = [];
  #slots: readonly Slots[] = [];
  #steps = 0;
  #savedSteps: Variable | undefined;

  constructor(
    private readonly rule: UpdateRule<Slots, Constants>,
    learningRate: number,
  ) {
    this.name = rule.name;
    this.#learningRate = checkedLearningRate(rule.name, learningRate);
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(value: number) {
    this.#learningRate = checkedLearningRate(this.name, value);
  }

  update(variables: readonly Variable[], gradients: readonly Tensor[]): void {
    this.#keepStateFor(variables);
    for (let i = 0; i < variables.length; i++) this.#checkGradient(variables[i], gradients[i]);
    this.#steps += 1;
    const { rule } = this;
    const constants = rule.constants(this.#learningRate, this.#steps);
    const inPlace = hasKernel(rule.kernel);
    const attrs = { ...constants, step: this.#steps };
    for (let i = 0; i < variables.length; i++) {
      const weight = variables[i];
      const slots = this.#slots[i];
      if (inPlace) {
        ownData(weight);
        variablesOf(slots).forEach(ownData);
        runInPlace(rule.kernel, { weight, gradient: gradients[i], ...slots }, attrs);
      } else {
        tidy(() => rule.update(weight, gradients[i], slots, constants));
      }
    }
  }

  state(): readonly Tensor[] {
    if (!this.#savedSteps) return [];
    const saved = this.#savedSteps;
    tidy(() => saved.assign(scalar(this.#steps, 'int32')));
    return [saved, ...this.#slots.flatMap(variablesOf)];
  }

  restore(variables: readonly Variable[], state: readonly Tensor[]): void {
    this.#keepStateFor(variables);
    const [steps, ...values] = state;
    const slots = this.#slots.flatMap(variablesOf);
    const fits = (value: Tensor, i: number): boolean => value.shape.join() === slots[i].shape.join();
    if (!steps || values.length !== slots.length || !values.every(fits)) {
      throw new CoreError(
        'bad-optimizer-state',
        `[optimizer ${this.name}] The state to restore (${state.length} tensors) does not fit: these weights need ` +
          `${1 + slots.length}, shaped like them. Was it saved by another optimizer or for another model?`,
      );
    }
    slots.forEach((slot, i) => slot.assign(values[i]));
    this.#steps = steps.dataSync()[0];
  }

  dispose(): void {
    this.#savedSteps?.dispose();
    this.#slots.flatMap(variablesOf).forEach((slot) => slot.dispose());
    this.#savedSteps = undefined;
    this.#variables = [];
    this.#slots = [];
    this.#steps = 0;
  }

  #keepStateFor(variables: readonly Variable[]): void {
    if (!this.#savedSteps) {
      this.#variables = [...variables];
      this.#slots = variables.map(({ shape }) => this.#newSlots(shape));
      this.#savedSteps = tidy(() => variable(scalar(0, 'int32'), false));
    }
    if (!sameWeights(variables, this.#variables)) {
      throw new CoreError(
        'other-weights',
        `[optimizer ${this.name}] It already holds the state of other weights: make a new optimizer for each run.`,
      );
    }
  }

  #checkGradient(weight: Variable, gradient: Tensor): void {
    if (gradient.size === weight.size) return;
    throw new CoreError(
      'bad-gradient',
      `[optimizer ${this.name}] A gradient of the shape [${gradient.shape.join(', ')}] does not fit a weight of the ` +
        `shape [${weight.shape.join(', ')}]: give one gradient for each weight, in their order.`,
    );
  }

  #newSlots(shape: number[]): Slots {
    const initial = Object.entries<number | undefined>(this.rule.slots);
    return Object.fromEntries(
      initial.map(([slot, value]) => [slot, tidy(() => variable(fill(shape, value!), false))]),
    ) as Slots;
  }
}

function sameWeights(some: readonly Variable[], others: readonly Variable[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

/** In the order in which the rule names them. */
function variablesOf(slots: object): Variable[] {
  return Object.values(slots) as Variable[];
}
