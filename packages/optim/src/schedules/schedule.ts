/** A learning-rate schedule as a pure function: what the initial rate is multiplied by after `step` steps of the schedule, from 0. */
export type Schedule = (step: number) => number;
