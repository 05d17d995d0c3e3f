/**
 * Work that is cut into tasks. The tasks of a job depend on its shape alone, never on the number of threads, and each writes
 * places of its own: whoever runs them, the result has the same bits.
 *
 * The caller claims tasks like every worker, and never waits for a worker that has not claimed one.
 */

/** Runs task `index` of the job described at `job`, with scratch of its own at `workspace`. */
export type Task = (job: usize, index: i32, workspace: usize) => void;

/**
 * What the threads share begins with a ticket, `epoch << 32 | tasks << 16 | next`: a task is claimed by adding 1 to it.
 * The host knows the layout too, see `src/threads/control.ts`. What is written often is a cache line apart from the rest.
 */
const EPOCH: usize = 4;
/** Tasks of this epoch that are done. */
const DONE: usize = 64;
/** Whether the caller sleeps until `DONE` changes. */
const WAITING: usize = 68;
const SHARED: usize = 128;
const JOB: usize = 256;
const STATES: usize = 512;

@unmanaged
class Shared {
  task: u32;
  workspace: usize;
  /** Bytes from the workspace of a thread to that of the next. */
  workspaceStride: usize;
  /** Threads that there may be, the caller among them. */
  threads: i32;
  /** Whether the caller may sleep: not on a browser's main thread. */
  mayWait: i32;
  /** What the host is to see to after a kernel. */
  attention: i32;
  /** Nanoseconds of work so far that threads would have shortened. */
  backlog: f32;
  /** Nanoseconds of work that pay for telling workers that look out for it, for waking them, and of all such work for starting them. */
  worthSharing: i32;
  worthWaking: i32;
  worthStarting: i32;
}

const enum Attention { none, wantsWorkers, lostTasks }

const enum State { absent, awake, asleep, gone }

/** The epoch in which workers end. */
const STOP: i32 = -1;

/** Looks at the ticket before a worker sleeps, and at the tasks left before the caller does: 100 to 200 µs. */
const WORKER_SPINS: i32 = 150_000;
const CALLER_SPINS: i32 = 150_000;
/** Milliseconds without a task done after which the workers that hold one are lost. */
const PATIENCE: i32 = 2000;
/** Looks that take the caller about as long where it may not sleep. */
const PATIENT_SPINS: i64 = 2_000_000_000;

/** Of this instance, that is: of this thread. */
let control: usize = 0;

/** Tells the caller's instance where the shared block is. */
export function attach(block: usize): void {
  control = block;
}

/** Where to describe the next job: 256 bytes. */
export function newJob(): usize {
  return control + JOB;
}

/** Units that a task is to take, so that there are at most `most` tasks and each has at least `least` of the `work` in all. */
export function shareOf(units: i32, work: f64, least: f64, most: i32): i32 {
  const tasks = <i32>max(1, min(<f64>min(units, most), work / least));
  return max(1, (units + tasks - 1) / tasks);
}

/** How many tasks take `share` units each. */
export function tasksOf(units: i32, share: i32): i32 {
  return (units + share - 1) / share;
}

/** Lowers the unsigned number at `at` to `value`, among threads that do so at once. */
export function lower(at: usize, value: u32): void {
  for (;;) {
    const before = atomic.load<u32>(at);
    if (before <= value || atomic.cmpxchg<u32>(at, before, value) == before) return;
  }
}

/** Runs `count` tasks (65535 at most) of about `nanoseconds` in all. */
export function runJob(task: Task, count: i32, nanoseconds: f32): void {
  const shared = changetype<Shared>(control + SHARED);
  if (count > 1 && shared.threads > 1 && nanoseconds >= <f32>shared.worthSharing) {
    if (share(shared, task.index, count, nanoseconds)) return;
  }
  for (let i = 0; i < count; i++) call_indirect<void>(task.index, control + JOB, i, shared.workspace);
}

/** False where there is no worker to share with, or none awake for little work. */
function share(shared: Shared, task: u32, count: i32, nanoseconds: f32): bool {
  let awake = 0;
  let asleep = 0;
  for (let slot = 1; slot < shared.threads; slot++) {
    const state = atomic.load<i32>(stateOf(slot));
    if (state == State.awake) awake++;
    else if (state == State.asleep) asleep++;
  }
  const wakes = nanoseconds >= <f32>shared.worthWaking && asleep > 0;
  if (awake == 0 && !wakes) {
    if (asleep == 0) ask(shared, nanoseconds);
    return false;
  }
  shared.task = task;
  atomic.store<i32>(control + DONE, 0);
  let epoch = i32(atomic.load<u64>(control) >> 32) + 1;
  if (epoch == STOP) epoch = 1;
  atomic.store<u64>(control, (<u64>epoch << 32) | (<u64>count << 16));
  if (wakes) atomic.notify(control + EPOCH, min(asleep, count - 1));
  drain(0);
  waitForAll(shared, count);
  return true;
}

function ask(shared: Shared, nanoseconds: f32): void {
  shared.backlog += nanoseconds;
  if (shared.backlog >= <f32>shared.worthStarting) shared.attention |= Attention.wantsWorkers;
}

/** Claims tasks and runs them until none is left. */
function drain(slot: i32): void {
  const shared = changetype<Shared>(control + SHARED);
  for (;;) {
    const ticket = atomic.load<u64>(control);
    const next = i32(ticket & 0xffff);
    if (next >= i32((ticket >> 16) & 0xffff)) return;
    if (atomic.cmpxchg<u64>(control, ticket, ticket + 1) != ticket) continue;
    call_indirect<void>(shared.task, control + JOB, next, shared.workspace + <usize>slot * shared.workspaceStride);
    atomic.add<i32>(control + DONE, 1);
    if (slot > 0 && atomic.load<i32>(control + WAITING)) atomic.notify(control + DONE, 1);
  }
}

/** Returns when all tasks are done, or lost: then no job is shared any more, and the host must run the kernel again. */
function waitForAll(shared: Shared, count: i32): void {
  for (let spin = 0; spin < CALLER_SPINS; spin++) if (atomic.load<i32>(control + DONE) == count) return;
  if (shared.mayWait ? sleepUntilDone(count) : lookUntilDone(count)) return;
  shared.threads = 1;
  shared.attention |= Attention.lostTasks;
}

function sleepUntilDone(count: i32): bool {
  let isDone = false;
  let before = -1;
  let patience = 0;
  atomic.store<i32>(control + WAITING, 1);
  while (patience < PATIENCE) {
    const done = atomic.load<i32>(control + DONE);
    isDone = done == count;
    if (isDone) break;
    patience = done == before ? patience + 1 : 0;
    before = done;
    atomic.wait<i32>(control + DONE, done, 1_000_000);
  }
  atomic.store<i32>(control + WAITING, 0);
  return isDone;
}

function lookUntilDone(count: i32): bool {
  let before = -1;
  for (let patience: i64 = 0; patience < PATIENT_SPINS; patience++) {
    const done = atomic.load<i32>(control + DONE);
    if (done == count) return true;
    if (done != before) patience = 0;
    before = done;
  }
  return false;
}

@inline
function stateOf(slot: i32): usize {
  return control + STATES + (<usize>slot << 2);
}

/** The life of a worker: returns when the host ends the epochs. */
export function serve(block: usize, slot: i32): void {
  control = block;
  let seen = i32(atomic.load<u64>(control) >> 32) - 1;
  atomic.store<i32>(stateOf(slot), State.awake);
  for (;;) {
    const epoch = nextEpoch(slot, seen);
    if (epoch == STOP) return;
    seen = epoch;
    drain(slot);
  }
}

function nextEpoch(slot: i32, seen: i32): i32 {
  for (let spin = 0; spin < WORKER_SPINS; spin++) {
    const epoch = atomic.load<i32>(control + EPOCH);
    if (epoch != seen) return epoch;
  }
  // The caller publishes, then looks at the states: it sees this one, or the wait sees the new epoch.
  atomic.store<i32>(stateOf(slot), State.asleep);
  let epoch = atomic.load<i32>(control + EPOCH);
  while (epoch == seen) {
    atomic.wait<i32>(control + EPOCH, seen, -1);
    epoch = atomic.load<i32>(control + EPOCH);
  }
  atomic.store<i32>(stateOf(slot), State.awake);
  return epoch;
}
