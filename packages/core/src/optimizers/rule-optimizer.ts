import { fill, scalar, tidy, variable, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../contracts/optimizer.js';
import { CoreError } from '../errors.js';
import { checkedLearningRate } from './learning-rate.js';
import type { UpdateRule } from './update-rule.js';

/** An optimizer made of an update rule: it keeps the slots, counts the steps and owns both. */
export class RuleOptimizer implements Optimizer {
  readonly name: string;
  #learningRate: number;
  #variables: readonly Variable[] = [];
  #slots: readonly (readonly Variable[])[] = [];
  #steps = 0;
  #savedSteps: Variable | undefined;

  constructor(
    private readonly rule: UpdateRule,
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
    this.#steps += 1;
    const updateWeight = this.rule.begin(this.#learningRate, this.#steps);
    variables.forEach((weight, i) => tidy(() => updateWeight(weight, gradients[i], this.#slots[i])));
  }

  state(): readonly Tensor[] {
    if (!this.#savedSteps) return [];
    const saved = this.#savedSteps;
    tidy(() => saved.assign(scalar(this.#steps, 'int32')));
    return [saved, ...this.#slots.flat()];
  }

  restore(variables: readonly Variable[], state: readonly Tensor[]): void {
    this.#keepStateFor(variables);
    const [steps, ...values] = state;
    const slots = this.#slots.flat();
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
    this.#slots.flat().forEach((slot) => slot.dispose());
    this.#savedSteps = undefined;
    this.#variables = [];
    this.#slots = [];
    this.#steps = 0;
  }

  #keepStateFor(variables: readonly Variable[]): void {
    if (!this.#savedSteps) {
      this.#variables = [...variables];
      this.#slots = variables.map(({ shape }) =>
        this.rule.slots.map((initial) => tidy(() => variable(fill(shape, initial), false))),
      );
      this.#savedSteps = tidy(() => variable(scalar(0, 'int32'), false));
    }
    const same = (weight: Variable, i: number): boolean => weight === this.#variables[i];
    if (variables.length !== this.#variables.length || !variables.every(same)) {
      throw new CoreError(
        'other-weights',
        `[optimizer ${this.name}] It already holds the state of other weights: make a new optimizer for each run.`,
      );
    }
  }
}
